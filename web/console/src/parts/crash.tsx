// A fault in drawing one page leaves the rest of the console standing. A part that no longer exists on the server (it was
// upgraded meanwhile) is cured by loading the page anew.
import { Button } from "antd";
import i18next from "i18next";
import { Component, type ReactNode } from "react";

export class CrashGuard extends Component<{ children: ReactNode; place: string }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };
  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }
  override componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.fault) this.setState({ fault: null });
  }
  override render() {
    if (!this.state.fault) return this.props.children;
    return (
      <div className="state state-failure" role="alert">
        <p className="state-title">{i18next.t("error.crash")}</p>
        <p className="state-hint">
          <code>{this.state.fault.message}</code>
        </p>
        <Button onClick={() => location.reload()}>{i18next.t("error.reload")}</Button>
      </div>
    );
  }
}
