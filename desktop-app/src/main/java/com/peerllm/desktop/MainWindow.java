package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.logs.CrashNotice;
import com.peerllm.desktop.logs.CrashReports;
import com.peerllm.desktop.models.DropTarget;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Alarms;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
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
    private Rooms rooms = Rooms.of(List.of());
    private Optional<Navigator> navigator = Optional.empty();
    private Optional<CrashReports> crashes = Optional.empty();
    private Optional<Shell> shell = Optional.empty();
    /** Files that came before there was anybody to take them. */
    private final List<Path> early = new ArrayList<>();

    private boolean ready;

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

    /** Tells of errors that nobody caught above the screens; to be called before they are shown. */
    void tellCrashes(CrashReports reports) {
        crashes = Optional.of(reports);
    }

    /** Shows the screens, the first of them open. */
    public void showScreens(Function<Workbench, List<Screen>> made) {
        showRooms(bench -> Rooms.of(made.apply(bench)));
    }

    /** Shows all that there is once the host is open. */
    void showRooms(Function<Workbench, Rooms> made) {
        rooms = made.apply(new Workbench(Platform::runLater, background, clock, messages, this::goTo));
        Navigator screens = new Navigator(rooms.screens());
        Shell inside =
                new Shell(screens, rooms.home().map(HomeViewModel::statusProperty), StageIcons.brand(), messages);
        navigator = Optional.of(screens);
        shell = Optional.of(inside);
        crashes.ifPresent(reports -> inside.head(new CrashNotice(reports, () -> screens.open(Room.LOGS), messages)));
        rooms.notice().ifPresent(notice -> inside.notice(notice.get()));
        rooms.foot().ifPresent(foot -> inside.foot(foot.view().get()));
        Shortcuts.toScreens(scene, inside, screens);
        DropTarget.install(inside, rooms.files(), messages);
        scene.setRoot(inside);
        if (rooms.beginsWithFirstRun()) goTo(Room.ONBOARDING);
        ready = true;
        take(List.copyOf(early));
        // Nobody reads the time in a window that is not seen.
        stage.iconifiedProperty().subscribe(this::tickWhileSeen);
        stage.showingProperty().subscribe(this::tickWhileSeen);
        tickWhileSeen();
    }

    private void tickWhileSeen() {
        if (stage.isShowing() && !stage.isIconified()) ticks.start();
        else ticks.stop();
    }

    /** Opens a screen; the first run takes the whole window until another screen is opened. */
    private void goTo(Room room) {
        if (room == Room.ONBOARDING) {
            rooms.firstRun().ifPresent(this::showFirstRun);
        } else {
            shell.filter(inside -> scene.getRoot() != inside).ifPresent(scene::setRoot);
            navigator.ifPresent(screens -> screens.open(room));
        }
    }

    private void showFirstRun(Screen steps) {
        StackPane whole = new StackPane(steps.view().get());
        DropTarget.install(whole, rooms.files(), messages);
        scene.setRoot(whole);
    }

    /** Brings the window to the front, and takes files that were given to the program. */
    void raise(List<Path> files) {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
        take(files);
    }

    private void take(List<Path> files) {
        if (files.isEmpty()) return;
        if (ready) rooms.files().accept(files);
        else early.addAll(files);
    }

    /** All that the window holds now. */
    Rooms rooms() {
        return rooms;
    }

    /** @param closing what closing the window does, and Ctrl+Q */
    void whenClosed(Closing closing) {
        stage.setOnCloseRequest(request -> {
            request.consume();
            closing.closed(stage);
        });
        Shortcuts.toQuit(scene, closing::quit);
    }

    /** What closing the window means. */
    interface Closing {
        void closed(Stage window);

        void quit();
    }

    /** @param sentence why the host could not be opened, and what to do */
    public void showProblem(String sentence) {
        scene.setRoot(new ProblemView(sentence, stage::close, messages));
    }

    @Override
    public void close() {
        ticks.stop();
        rooms.close();
    }

    private void refresh() {
        rooms.refresh();
    }
}
