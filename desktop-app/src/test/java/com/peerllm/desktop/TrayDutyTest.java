package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.HomeStatus;
import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.tray.SystemTrayIcon;
import com.peerllm.desktop.tray.Tray;
import com.peerllm.host.modelstore.Download;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrayDutyTest {
    private static final HomeStatus FAILED = status(Kind.FAILED, "Something needs you", "Not enough memory.");
    private static final HomeStatus SHARING = status(Kind.SHARING, "Sharing", "Connected.");

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private Preferences preferences;
    private TrayDuty duty;

    @BeforeEach
    void begin() {
        preferences = new Preferences(DesktopSettings.file(folder), Runnable::run);
        duty = new TrayDuty(new NotedTray(), preferences, new Messages(Locale.US));
    }

    @Test
    void tellsOnceThatSomebodyIsNeeded() {
        duty.show(SHARING);
        duty.show(FAILED);
        duty.show(FAILED);
        assertThat(told).containsExactly("Something needs you: Not enough memory.");
        duty.show(SHARING);
        duty.show(FAILED);
        assertThat(told).as("a new trouble is told again").hasSize(2);
        assertThat(shown).hasSize(5);
    }

    @Test
    void isQuietWhenThePersonWantsThat() {
        preferences.update(settings -> settings.withNotices(false, false));
        duty.show(FAILED);
        duty.downloads(List.of());
        duty.downloads(List.of(download("1", new Download.State.Done("qwen"))));
        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfADownloadThatBecomesDoneAndNotOfOldOnes() {
        duty.downloads(List.of(download("old", new Download.State.Done("old"))));
        duty.downloads(List.of(
                download("old", new Download.State.Done("old")),
                download("new", new Download.State.Running(1, Optional.empty()))));
        assertThat(told).isEmpty();
        duty.downloads(List.of(download("new", new Download.State.Done("new"))));
        duty.downloads(List.of(download("new", new Download.State.Done("new"))));
        assertThat(told).containsExactly("Download done: model new is on this computer now.");
    }

    @Test
    void saysOnceInItsLifeThatTheWindowIsOnlyHidden() {
        duty.hidden();
        duty.hidden();
        assertThat(told).hasSize(1);
        assertThat(DesktopSettings.read(DesktopSettings.file(folder)).toldOfTray())
                .isTrue();
    }

    @Test
    void thereIsNoneWithoutAScreen() {
        Properties headless = new Properties();
        headless.setProperty("glass.platform", "Headless");
        Tray none = SystemTrayIcon.open(headless, new Messages(Locale.US), null);
        assertThat(none.isThere()).isFalse();
    }

    private static HomeStatus status(Kind kind, String sentence, String reason) {
        return new HomeStatus(kind, Action.STOP, sentence, reason);
    }

    private static Download download(String id, Download.State state) {
        return new Download(
                id,
                "model " + id,
                URI.create("https://hub.example/" + id),
                Path.of("/models/" + id),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                state);
    }

    private final class NotedTray implements Tray {
        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public void show(HomeStatus status) {
            shown.add(status.sentence());
        }

        @Override
        public void tell(String title, String text) {
            told.add(title + ": " + text);
        }

        @Override
        public void close() {}
    }
}
