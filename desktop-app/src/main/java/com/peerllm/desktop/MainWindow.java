package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeSource;
import com.peerllm.desktop.home.HomeView;
import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.toolkit.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/** The program's window: wires each screen to its view model and the screens to the shell. */
public final class MainWindow implements AutoCloseable {
    private static final double FIRST_WIDTH = 1120;
    private static final double FIRST_HEIGHT = 760;
    private static final double LEAST_WIDTH = 800;
    private static final double LEAST_HEIGHT = 560;

    private final HomeViewModel home;
    private final Timeline ticks;
    private final Scene scene;
    private final String title;

    /** Called on the thread of the screens. */
    public MainWindow(HomeSource host, Theme theme, Messages messages, Executor background, InstantSource clock) {
        home = new HomeViewModel(host, Platform::runLater, background, clock, messages);
        ticks = new Timeline(new KeyFrame(Duration.seconds(1), tick -> home.refresh()));
        ticks.setCycleCount(Timeline.INDEFINITE);
        Navigator navigator = new Navigator(
                List.of(new Screen(messages.text("shell.home"), Feather.HOME, () -> new HomeView(home, messages))));
        scene = new Scene(new Shell(navigator, theme, StageIcons.brand(), messages), FIRST_WIDTH, FIRST_HEIGHT);
        theme.dress(scene);
        title = messages.text("shell.title");
    }

    public void open(Stage stage) {
        stage.setTitle(title);
        stage.getIcons().setAll(StageIcons.all());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.show();
        // Nobody reads the time in a window that is not seen.
        stage.iconifiedProperty().subscribe(hidden -> {
            if (hidden) ticks.pause();
            else ticks.play();
        });
    }

    @Override
    public void close() {
        ticks.stop();
        home.close();
    }
}
