package com.peerllm.desktop;

import static org.awaitility.Awaitility.await;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.HandAlarms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
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
        this(locale, (host, bench) -> Rooms.of(List.of(Screens.home(host.source(), bench))));
    }

    /** With these screens, the first of them open. */
    public StagedWindow(Locale locale, Function<Workbench, List<Screen>> screens) {
        this(locale, (host, bench) -> Rooms.of(screens.apply(bench)));
    }

    /** With all that a window can hold. */
    static StagedWindow of(Locale locale, Function<Workbench, Rooms> rooms) {
        return new StagedWindow(locale, (host, bench) -> rooms.apply(bench));
    }

    private StagedWindow(Locale locale, BiFunction<StagedHost, Workbench, Rooms> rooms) {
        theme = onScreen(() -> new Theme(
                ThemeChoice.LIGHT, new SimpleObjectProperty<>(ColorScheme.LIGHT), Application::setUserAgentStylesheet));
        stage = onScreen(Stage::new);
        window = onScreen(
                () -> new MainWindow(stage, theme, new Messages(locale), Runnable::run, () -> host.now, alarms));
        onScreen(() -> {
            window.open();
            window.showRooms(bench -> Screens.withStatus(rooms.apply(host, bench)));
            return null;
        });
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
        await().until(() -> scene().getWidth() == width && scene().getHeight() == height);
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
