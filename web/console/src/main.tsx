// The door: language, then the page.
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { startLanguage } from "./i18n/language";
import "./theme/base.css";
import "./theme/parts.css";

await startLanguage();
const place = document.getElementById("app");
if (place) createRoot(place).render(<App />);
