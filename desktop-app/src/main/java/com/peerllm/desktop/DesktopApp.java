package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.ThreadAlarms;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program with a window: the one place where the host and the screens are put together. */
public final class DesktopApp extends Application {
    private static final Logger log = LoggerFactory.getLogger(DesktopApp.class);

    private final Surroundings around = Surroundings.ofThisProgram();
    private final Messages messages = new Messages(Locale.getDefault());
    private final DesktopOptions options = new DesktopOptions();
    private final ThreadAlarms alarms = new ThreadAlarms(around.threads());
    private CompletableFuture<OpenedHost> host;
    private MainWindow window;

    /** Begins to open the host, which takes longer than the window does. */
    @Override
    public void init() {
        CommandLine.populateCommand(options, getParameters().getRaw().toArray(String[]::new));
        host = CompletableFuture.supplyAsync(() -> OpenedHost.open(options, around), this::inBackground);
    }

    @Override
    public void start(Stage stage) {
        Preferences preferences =
                new Preferences(DesktopSettings.file(options.folders(around).data()), this::inBackground);
        Theme theme = new Theme(
                preferences.get().theme(),
                Platform.getPreferences().colorSchemeProperty(),
                Application::setUserAgentStylesheet);
        window = new MainWindow(stage, theme, messages, this::inBackground, around.clock(), alarms);
        window.open();
        host.thenAcceptAsync(
                        opened -> window.showRooms(bench ->
                                Screens.rooms(opened, page -> getHostServices().showDocument(page.toString()), bench)),
                        Platform::runLater)
                .exceptionallyAsync(this::showProblem, Platform::runLater);
    }

    private Void showProblem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof HostException e) {
            window.showProblem(e.sentence());
        } else {
            log.error("The program could not be opened", cause);
            window.showProblem(
                    messages.text("shell.problem.unexpected", cause.getClass().getSimpleName()));
        }
        return null;
    }

    private void inBackground(Runnable action) {
        around.threads().newThread(action).start();
    }

    /** Ends running answers and the engine, within two seconds; the window is gone already. */
    @Override
    public void stop() {
        alarms.close();
        if (window != null) window.close();
        try {
            host.join().close();
        } catch (CompletionException e) {
            log.debug("There is no host to close", e);
        }
    }
}
