package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Alarms;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * The program's window: seen at once, and filled with the screens when the host is opened, each wired to its view model.
 * Everything here belongs to the thread of the screens.
 */
public final class MainWindow implements AutoCloseable {
    private static final double FIRST_WIDTH = 1120;
    private static final double FIRST_HEIGHT = 760;
    private static final double LEAST_WIDTH = 800;
    private static final double LEAST_HEIGHT = 560;

    private final Stage stage;
    private final Theme theme;
    private final Messages messages;
    private final Executor background;
    private final InstantSource clock;
    private final Scene scene;
    private final SecondTicks ticks;
    private List<Screen> screens = List.of();
    private Optional<Navigator> navigator = Optional.empty();

    /**
     * @param background where starting and stopping may take its time
     * @param alarms ring once a second while the window is seen
     */
    public MainWindow(
            Stage stage, Theme theme, Messages messages, Executor background, InstantSource clock, Alarms alarms) {
        this.stage = stage;
        this.theme = theme;
        this.messages = messages;
        this.background = background;
        this.clock = clock;
        scene = new Scene(new OpeningView(StageIcons.brand(), messages), FIRST_WIDTH, FIRST_HEIGHT);
        theme.dress(scene);
        ticks = new SecondTicks(alarms, Platform::runLater, this::refresh);
    }

    /** Shows the window while the host is still being opened. */
    public void open() {
        stage.setTitle(messages.text("shell.title"));
        stage.getIcons().setAll(StageIcons.all());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.show();
    }

    /** Shows the screens, the first of them open. */
    public void showScreens(Function<Workbench, List<Screen>> made) {
        screens = made.apply(new Workbench(
                Platform::runLater,
                background,
                clock,
                messages,
                room -> navigator.ifPresent(opened -> opened.open(room))));
        Navigator opened = new Navigator(screens);
        navigator = Optional.of(opened);
        scene.setRoot(new Shell(opened, theme, StageIcons.brand(), messages));
        // Nobody reads the time in a window that is not seen.
        stage.iconifiedProperty().subscribe(hidden -> {
            if (hidden) ticks.stop();
            else ticks.start();
        });
    }

    /** @param sentence why the host could not be opened, and what to do */
    public void showProblem(String sentence) {
        scene.setRoot(new ProblemView(sentence, stage::close, messages));
    }

    @Override
    public void close() {
        ticks.stop();
        screens.forEach(screen -> screen.model().close());
    }

    private void refresh() {
        screens.forEach(screen -> screen.model().refresh());
    }
}
