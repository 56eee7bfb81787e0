package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.tray.SystemTrayIcon;
import com.peerllm.desktop.tray.Tray;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.platform.AppFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the window comes and goes while the program runs: where it stood, what closing it means, the tray, and second starts
 * that bring it to the front. Belongs to the thread of the screens.
 */
final class WindowLife implements AutoCloseable, MainWindow.Closing, Tray.Actions {
    private static final Logger log = LoggerFactory.getLogger(WindowLife.class);

    private final Stage stage;
    private final MainWindow window;
    private final Preferences preferences;
    private final Tray tray;
    private final TrayDuty duty;
    private Optional<WindowDoor> door = Optional.empty();
    private Optional<Signal.Subscription> downloads = Optional.empty();

    WindowLife(Stage stage, MainWindow window, Preferences preferences, Surroundings around, Messages messages) {
        this.stage = stage;
        this.window = window;
        this.preferences = preferences;
        tray = SystemTrayIcon.open(around.properties(), messages, this);
        duty = new TrayDuty(tray, preferences, messages);
        // The program goes on when its window is hidden.
        Platform.setImplicitExit(false);
        window.whenClosed(this);
    }

    boolean hasTray() {
        return tray.isThere();
    }

    /** Puts the window where it stood when it was last seen, if there is a screen. */
    void putBack() {
        preferences
                .get()
                .window()
                .filter(place -> place.isOn(Screen.getScreens().stream()
                        .map(Screen::getVisualBounds)
                        .toList()))
                .ifPresent(place -> place.give(stage));
    }

    /** Follows what the rooms show, and listens for second starts. */
    void begin(AppFolders folders, Surroundings around, Signal<List<Download>> all) {
        window.rooms().home().ifPresent(duty::follow);
        downloads = Optional.of(all.subscribe(now -> Platform.runLater(() -> duty.downloads(now))));
        try {
            Path temporary = Path.of(around.properties().getProperty("java.io.tmpdir"));
            door = Optional.of(WindowDoor.open(
                    WindowSocket.of(folders, temporary),
                    around.threads(),
                    files -> Platform.runLater(() -> window.raise(files))));
        } catch (IOException e) {
            log.warn("Second starts of the program are not heard", e);
        }
    }

    @Override
    public void closed(Stage closing) {
        boolean goesOn = window.rooms().home().isPresent() && !preferences.get().closingQuits();
        if (!goesOn) quit();
        else hide();
    }

    /** Where it can be brought back from: the tray, or else the system's bar of windows. */
    void hide() {
        if (tray.isThere()) {
            remember();
            stage.hide();
            duty.hidden();
        } else {
            stage.setIconified(true);
        }
    }

    @Override
    public void open() {
        Platform.runLater(() -> window.raise(List.of()));
    }

    @Override
    public void toggle() {
        Platform.runLater(() -> window.rooms().home().ifPresent(HomeViewModel::toggle));
    }

    @Override
    public void quit() {
        Platform.runLater(Platform::exit);
    }

    private void remember() {
        if (stage.isShowing() && !stage.isIconified())
            preferences.update(settings -> settings.withWindow(WindowPlace.of(stage)));
    }

    @Override
    public void close() {
        remember();
        downloads.ifPresent(Signal.Subscription::close);
        door.ifPresent(WindowDoor::close);
        tray.close();
    }
}
