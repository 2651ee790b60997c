// Drawn here, so that the page needs no icon font. Decorative: whatever says something says it in words as well.

import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

export const GlobeIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c2.6 2.5 3.9 5.5 3.9 9s-1.3 6.5-3.9 9c-2.6-2.5-3.9-5.5-3.9-9s1.3-6.5 3.9-9z" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="M5 12.5l4.5 4.5L19 7.5" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="M9.5 6l6 6-6 6" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M6 9.5l6 6 6-6" />
  </Icon>
);

export const ServiceAvatar = () => (
  <svg class="avatar" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" class="avatar-service" />
    <path d="M14 48V31l11-7v8l11-7v8l14-9v24H14z" fill="#fff" />
    <path d="M21 38h5v5h-5zm10 0h5v5h-5zm10 0h5v5h-5z" class="avatar-service" />
    <path d="M14 18h3v9h-3z" fill="#fff" opacity=".75" />
  </svg>
);
export const StaffAvatar = () => (
  <svg class="avatar" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" class="avatar-staff" />
    <circle cx="32" cy="25" r="10" fill="#fff" />
    <path d="M13 54c1-11 9-17 19-17s18 6 19 17z" fill="#fff" />
  </svg>
);
export const VisitorAvatar = () => (
  <svg class="avatar" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" class="avatar-visitor" />
    <circle cx="32" cy="25" r="10" fill="#fff" />
    <path d="M13 54c1-11 9-17 19-17s18 6 19 17z" fill="#fff" />
  </svg>
);
