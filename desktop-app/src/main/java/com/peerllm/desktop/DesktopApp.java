package com.peerllm.desktop;

import com.peerllm.desktop.logs.CrashReports;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.OtherProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final DesktopOptions options = new DesktopOptions();
    private final ThreadAlarms alarms = new ThreadAlarms(around.threads());
    private CompletableFuture<OpenedHost> host;
    private Preferences preferences;
    private Messages messages;
    private MainWindow window;
    private Optional<WindowLife> life = Optional.empty();
    private Optional<OfferWhenHere> offering = Optional.empty();
    /** Set before the program ends, by whichever thread. */
    private volatile boolean startsAgain;

    /** Begins to open the host, which takes longer than the window does. */
    @Override
    public void init() {
        CommandLine.populateCommand(options, getParameters().getRaw().toArray(String[]::new));
        preferences =
                new Preferences(DesktopSettings.file(options.folders(around).data()), this::inBackground);
        messages = new Messages(preferences.get().language().locale(Locale.getDefault()));
        host = CompletableFuture.supplyAsync(() -> OpenedHost.open(options, around), this::inBackground);
    }

    @Override
    public void start(Stage stage) {
        Theme theme = new Theme(
                preferences.get().theme(),
                Platform.getPreferences().colorSchemeProperty(),
                Application::setUserAgentStylesheet);
        window = new MainWindow(stage, theme, messages, this::inBackground, around.clock(), alarms);
        CrashReports crashes = new CrashReports(Platform::runLater);
        Thread.setDefaultUncaughtExceptionHandler(crashes);
        window.tellCrashes(crashes);
        WindowLife shown = new WindowLife(stage, window, preferences, around, messages);
        life = Optional.of(shown);
        shown.putBack();
        window.open();
        if (options.hidden()) shown.hide();
        WindowParts parts = new WindowParts(
                page -> getHostServices().showDocument(page.toString()),
                () -> {
                    startsAgain = true;
                    shown.quit();
                },
                new WindowLooks(theme, preferences, shown.hasTray(), shown::quit),
                preferences,
                options.link(),
                around);
        host.thenAcceptAsync(opened -> show(opened, parts, shown), Platform::runLater)
                .exceptionallyAsync(this::showProblem, Platform::runLater);
    }

    private void show(OpenedHost opened, WindowParts parts, WindowLife shown) {
        window.showRooms(bench -> Screens.rooms(opened, parts, bench));
        shown.begin(
                opened.data().folders(), around, opened.program().downloads().all());
        offering = Optional.of(new OfferWhenHere(
                opened.program().downloads().all(),
                opened.host().models(),
                this::inBackground,
                () -> preferences.get().offerWhenHere(),
                name -> Platform.runLater(
                        () -> preferences.update(settings -> settings.withOfferWhenHere(Optional.empty())))));
        if (!options.files().isEmpty()) window.raise(options.files());
        // After the next frame, which draws the screens.
        Platform.runLater(this::logStart);
    }

    private void logStart() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, around.clock().instant()).toMillis())
                .ifPresent(millis -> log.info("The window can be used {} ms after the start of the program", millis));
    }

    private Void showProblem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof HostException e) {
            window.showProblem(ProblemWording.of(e, messages));
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

    /** Nothing of this program is left that the next could meet: the data folder is free and the window’s door is closed. */
    private void startAgain() {
        List<String> command =
                ProgramAtLogin.start(around, options.folders(around)).orElse(List.of());
        if (command.isEmpty()) return;
        try {
            OtherProgram.of(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            log.error("The program could not start itself again", e);
        }
    }

    /** Ends running answers and the engine, within two seconds; the window is gone already. */
    @Override
    public void stop() {
        alarms.close();
        offering.ifPresent(OfferWhenHere::close);
        life.ifPresent(WindowLife::close);
        if (window != null) window.close();
        try {
            host.join().close();
            if (startsAgain) startAgain();
        } catch (CompletionException e) {
            log.debug("There is no host to close", e);
        }
    }
}
