package com.peerllm.desktop;

import static org.awaitility.Awaitility.await;

import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.HandAlarms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.testfx.util.WaitForAsyncUtils;

/** The real window on the headless toolkit, over staged screens; used from the test's thread. */
public final class StagedWindow implements AutoCloseable {
    final StagedHost host = new StagedHost();
    private final HandAlarms alarms = new HandAlarms();
    private final Theme theme;
    private final Stage stage;
    private final MainWindow window;

    /** With Home over a staged host. */
    StagedWindow(Locale locale) {
        this(locale, (host, bench) -> among(Screens.home(host.source(), bench), host, bench));
    }

    /** With this screen open; the others stand empty in the navigation, and the side says that the staged host shares. */
    public StagedWindow(Locale locale, Function<Workbench, Screen> screen) {
        this(locale, (host, bench) -> {
            host.shares();
            return among(screen.apply(bench), host, bench);
        });
    }

    /** As above, with what every room says at its top. */
    StagedWindow(Locale locale, Function<Workbench, Screen> screen, Supplier<Node> notice) {
        this(locale, (host, bench) -> {
            host.shares();
            Opened opened = among(screen.apply(bench), host, bench);
            return new Opened(opened.rooms().withNotice(notice), opened.shown());
        });
    }

    /** With all that a window can hold. */
    static StagedWindow of(Locale locale, Function<Workbench, Rooms> rooms) {
        return new StagedWindow(locale, (host, bench) -> new Opened(rooms.apply(bench), Optional.empty()));
    }

    /** @param shown what to open, unless the window decides itself */
    private record Opened(Rooms rooms, Optional<Screen> shown) {}

    private static Opened among(Screen shown, StagedHost host, Workbench bench) {
        List<Screen> screens = Stream.of(Entry.values())
                .map(entry -> entry.room() == shown.room() ? shown : empty(entry, host, bench))
                .toList();
        return new Opened(Rooms.of(screens), Optional.of(shown));
    }

    private static Screen empty(Entry entry, StagedHost host, Workbench bench) {
        ScreenModel model = entry == Entry.HOME ? new HomeViewModel(host.source(), bench) : () -> {};
        return entry.screen(model, Region::new, bench.messages());
    }

    private StagedWindow(Locale locale, BiFunction<StagedHost, Workbench, Opened> opened) {
        theme = onScreen(() -> new Theme(
                ThemeChoice.LIGHT, new SimpleObjectProperty<>(ColorScheme.LIGHT), Application::setUserAgentStylesheet));
        stage = onScreen(Stage::new);
        window = onScreen(
                () -> new MainWindow(stage, theme, new Messages(locale), Runnable::run, () -> host.now, alarms));
        onScreen(() -> {
            window.open();
            window.showRooms(bench -> {
                Opened all = opened.apply(host, bench);
                // Not yet: the window has its rooms only after this.
                all.shown().ifPresent(screen -> Platform.runLater(() -> ((Shell) root()).open(screen)));
                return Screens.withStatus(all.rooms());
            });
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents(1);
        layOut();
    }

    /** Brings the host into a situation and waits until the screens show it. */
    void stage(Situation situation) {
        host.reset();
        stage(situation::stage);
    }

    void stage(Consumer<StagedHost> change) {
        change.accept(host);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The next tick of the window's clock. */
    public void tick() {
        alarms.advance(Duration.ofSeconds(1));
        WaitForAsyncUtils.waitForFxEvents();
    }

    public Scene scene() {
        return stage.getScene();
    }

    public Parent root() {
        return scene().getRoot();
    }

    public void look(ThemeChoice choice) {
        onScreen(() -> {
            theme.choiceProperty().set(choice);
            return null;
        });
    }

    /** Lays the window out at this size of its inside; on the headless toolkit it has no frame. */
    public void resize(int width, int height) {
        onScreen(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
            return null;
        });
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> scene().getWidth() == width && scene().getHeight() == height);
        layOut();
    }

    /** As the next frame would; before it, what scrolls has no content yet. */
    private void layOut() {
        onScreen(() -> {
            root().applyCss();
            root().layout();
            return null;
        });
    }

    public void photograph(Path file) throws IOException {
        byte[] png = onScreen(() -> Png.of(scene().snapshot(null)));
        Files.createDirectories(file.getParent());
        Files.write(file, png);
    }

    public static <T> T onScreen(Callable<T> action) {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(action));
    }

    @Override
    public void close() {
        onScreen(() -> {
            window.close();
            stage.hide();
            return null;
        });
    }
}
