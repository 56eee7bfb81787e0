package com.peerllm.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.Way;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without a window. */
class UpdateModelTest {
    private final StagedSettings host = new StagedSettings();
    private final StagedUpdates updates = host.updates;
    private final List<Room> opened = new ArrayList<>();
    private final UpdateModel model = new SettingsViewModel(
                    host.source(),
                    new Workbench(
                            Runnable::run, Runnable::run, () -> Instant.EPOCH, new Messages(Locale.US), opened::add))
            .update();

    @Test
    void aNewerVersionIsToldWithWhatIsNewAndHowBigItIs() {
        show(new UpdateState.Available(StagedUpdates.RELEASE, Optional.of(StagedUpdates.FILE), false));
        assertThat(face().line())
                .isEqualTo("Version 0.2.0 is available. Answers faster on old processors.\n"
                        + "64\u00a0MB to download. It is checked against the signature of the PeerLLM maintainers.");
        assertThat(face().notice()).contains("Update 0.2.0");
        model.openNotes();
        model.act();
        model.show();
        assertThat(updates.asked).containsExactly("open https://peers.example/0.2.0", "download");
        assertThat(opened).containsExactly(Room.SETTINGS);
    }

    @Test
    void theOneButtonDoesWhatComesNext() {
        model.act();
        show(new UpdateState.Failed(StagedUpdates.RELEASE, "The disk is full. Free space."));
        model.act();
        show(new UpdateState.Staged(StagedUpdates.RELEASE, StagedUpdates.FILE, new Way.Switch()));
        model.act();
        show(new UpdateState.Applied(StagedUpdates.RELEASE));
        model.act();
        assertThat(updates.asked).containsExactly("look", "download", "apply", "apply");
    }

    @Test
    void whileItWaitsOrComesItCanBeEnded() {
        show(new UpdateState.Waiting(StagedUpdates.RELEASE, "A model is being downloaded."));
        assertThat(face().line()).isEqualTo("Version 0.2.0 waits. A model is being downloaded.");
        assertThat(face().cancels()).isTrue();
        show(new UpdateState.Downloading(StagedUpdates.RELEASE, 16_000_000, 64_000_000));
        assertThat(face().share()).contains(0.25);
        assertThat(face().line()).isEqualTo("Version 0.2.0: 16\u00a0MB of 64\u00a0MB");
        assertThat(face().action()).isEmpty();
        model.cancel();
        assertThat(updates.asked).containsExactly("cancel");
    }

    @Test
    void aPackageThatOnlyAPersonCanInstallComesWithItsCommandAndNoButton() {
        Path deb = Path.of("/home/ada/peerllm.deb");
        show(staged(new Way.Command(deb, List.of("sudo", "apt-get", "install", "-y", deb.toString()), true)));
        assertThat(face().line()).endsWith("Install it in a terminal: sudo apt-get install -y /home/ada/peerllm.deb");
        assertThat(face().action()).isEmpty();
        show(staged(new Way.Command(deb, List.of("pkexec", "apt-get"), false)));
        assertThat(face().action()).contains(UpdateFace.Action.INSTALL);
    }

    @Test
    void aNetworkThatDoesNotTakeThisVersionIsHeard() {
        assertThat(model.refusalProperty().get()).isEmpty();
        updates.refusal.set(Optional.of("This program is too old for the network."));
        assertThat(model.refusalProperty().get()).contains("This program is too old for the network.");
    }

    @Test
    void lookingByItselfCanBeTurnedOff() {
        assertThat(model.looks().property().get()).isTrue();
        model.looks().wish(false);
        assertThat(host.settings.get().looksForUpdates()).isFalse();
    }

    private static UpdateState staged(Way way) {
        return new UpdateState.Staged(StagedUpdates.RELEASE, StagedUpdates.FILE, way);
    }

    private void show(UpdateState state) {
        updates.state.set(state);
    }

    private UpdateFace face() {
        return model.face().getValue();
    }
}
