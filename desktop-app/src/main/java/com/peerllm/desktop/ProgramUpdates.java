package com.peerllm.desktop;

import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.Updates;
import java.net.URI;
import java.util.Optional;

/** Newer versions of the running program, as Settings shows them. */
final class ProgramUpdates implements SettingsSource.Updates {
    private final Updates updates;
    private final WindowParts parts;
    private final Signal<Optional<String>> refusedAsOld = new Signal<>(Optional.empty());

    ProgramUpdates(OpenedHost opened, WindowParts parts) {
        this.parts = parts;
        updates = opened.program().updates();
        opened.host()
                .session()
                .subscribe(state -> refusedAsOld.set(
                        state instanceof SessionState.Refused refused && refused.isForOldProgram()
                                ? Optional.of(refused.message())
                                : Optional.empty()));
    }

    @Override
    public Signal<UpdateState> state() {
        return updates.state();
    }

    @Override
    public boolean hasAddress() {
        return updates.hasAddress();
    }

    @Override
    public Signal<Optional<String>> refusedAsOld() {
        return refusedAsOld;
    }

    @Override
    public void look() {
        updates.look();
    }

    @Override
    public void download() {
        updates.download();
    }

    @Override
    public void cancel() {
        updates.cancel();
    }

    @Override
    public void apply() {
        updates.apply(parts.restart());
    }

    @Override
    public void openPage(URI page) {
        parts.openPage().accept(page);
    }
}
