package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.desktop.logs.CrashNotice;
import com.peerllm.desktop.logs.CrashReports;
import com.peerllm.desktop.logs.LogRow;
import com.peerllm.desktop.logs.LogsSource;
import com.peerllm.desktop.logs.LogsViewModel;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.diagnostics.ErrorCode;
import com.peerllm.host.diagnostics.LogTail;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The screen of logs on the headless toolkit, over real files. */
@ExtendWith(ApplicationExtension.class)
class LogsWindowTest {
    private final FxRobot robot = new QuickRobot();

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private StagedWindow window;
    private LogsViewModel model;
    private Optional<HostException> refusal = Optional.empty();

    private void open(Locale locale) {
        LogsSource source = new LogsSource(
                new LogTail(folder),
                file -> {
                    asked.add("bundle " + file);
                    refusal.ifPresent(failure -> {
                        throw failure;
                    });
                },
                opened -> asked.add("open " + opened));
        window = new StagedWindow(locale, bench -> {
            Screen screen = Screens.logs(source, name -> Optional.of(Path.of("/home/x", name)), bench);
            model = (LogsViewModel) screen.model();
            return screen;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        if (window != null) window.close();
    }

    private void write(String... lines) throws IOException {
        Files.writeString(
                folder.resolve("host.log"),
                String.join("\n", lines) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** An ordinary hour with its usual troubles. */
    private void writeAnHour() throws IOException {
        write(
                "2026-11-22T10:00:01.120+01:00 INFO  c.p.host.LocalHost - Sharing begins with qwen2.5-3b-instruct-q4_k_m",
                "2026-11-22T10:00:04.871+01:00 INFO  c.p.host.session.Link - Connected to wss://peers.example as quiet-otter-7f3a",
                "2026-11-22T10:21:44.002+01:00 WARN  c.p.host.session.Link - [7TQ0-M2XP-9KB4] The connection was lost: Connection refused. Next try in 4 s",
                "2026-11-22T10:21:48.310+01:00 INFO  c.p.host.session.Link - Connected to wss://peers.example as quiet-otter-7f3a",
                "2026-11-22T10:34:12.705+01:00 ERROR c.p.host.modelstore.Downloads - [H2VA-0XK3-QW81] The download of llama-3.2-1b-instruct-q8_0 stopped",
                "java.io.IOException: No space left on device",
                "\tat com.peerllm.host.modelstore.PartFile.write(PartFile.java:88)",
                "2026-11-22T10:40:09.417+01:00 ERROR c.p.host.engine.Supervisor - [3F9S-TT20-B7NE] The worker ended unexpectedly");
    }

    @Test
    void photographsEachSituation() throws IOException {
        open(Locale.US);
        check("empty");
        window.close();
        writeAnHour();
        open(Locale.US);
        check("trouble");
        refusal = Optional.of(
                new HostException(
                        Problem.USAGE,
                        "The support bundle /home/x/peerllm-support.zip cannot be written. Choose another folder, or check the free disk space."));
        press("bundle");
        ScreenChecks.nothingIsCutOff(window);
        window.close();
        open(Locale.GERMANY);
        ScreenChecks.nothingIsCutOff(window);
    }

    private void check(String situation) throws IOException {
        if (situation.equals("trouble")) ScreenChecks.photograph(window, "logs-" + situation);
        else ScreenChecks.photographTwice(window, "logs-" + situation);
        ScreenChecks.everyControlHasAName(window);
        ScreenChecks.nothingIsCutOff(window);
    }

    @Test
    void everyErrorHasItsCodeAndANextStep() throws IOException {
        writeAnHour();
        open(Locale.US);
        StagedWindow.onScreen(() -> {
            model.leastProperty().set(LogRow.Level.ERROR);
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.nextStep().orElseThrow()).contains("Code "));
        assertThat(model.rows().getFirst().nextStep())
                .hasValue("Free disk space, or choose another folder for models. Code H2VA-0XK3-QW81.");
        assertThat(model.rows().getLast().nextStep().orElseThrow()).startsWith("If it happens again");
    }

    @Test
    void whatIsWrittenAppearsWithinASecondAndOnlyWhenItIsFollowed() throws IOException {
        writeAnHour();
        open(Locale.US);
        write("2026-11-22T10:41:00.000+01:00 INFO  a - One more");
        window.tick();
        assertThat(model.rows().getLast().text()).isEqualTo("One more");
        robot.interact(() -> model.followProperty().set(false));
        write("2026-11-22T10:41:01.000+01:00 INFO  a - Not seen");
        window.tick();
        assertThat(model.rows().getLast().text()).isEqualTo("One more");
    }

    @Test
    void searchesCopiesAndOpensTheFolder() throws IOException {
        writeAnHour();
        open(Locale.US);
        robot.interact(() -> model.wordProperty().set("CONNECTED"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.rows()).hasSize(2);
        assertThat(model.copy(List.of())).contains("Link - Connected to").doesNotContain("download");
        press("open-folder");
        press("bundle");
        assertThat(asked).containsExactly("open " + folder, "bundle " + Path.of("/home/x/peerllm-support.zip"));
    }

    @Test
    void theListIsVirtualised() throws IOException {
        String[] lines = new String[1_500];
        for (int i = 0; i < lines.length; i++) lines[i] = "2026-11-22T10:00:00.000+01:00 INFO  a - Entry " + i;
        write(lines);
        open(Locale.US);
        assertThat(model.rows()).hasSize(1_500);
        Node list = node("log");
        assertThat(((ListView<?>) list).getItems()).hasSize(1_500);
        assertThat(ScreenChecks.find(list, javafx.scene.control.ListCell.class).count())
                .isLessThan(60);
    }

    @Test
    void anErrorThatNobodyCaughtIsToldAboveTheScreensWhichGoOn() {
        open(Locale.US);
        CrashReports reports = new CrashReports(javafx.application.Platform::runLater);
        CrashNotice notice = StagedWindow.onScreen(() -> {
            CrashNotice made = new CrashNotice(reports, () -> asked.add("logs"), new Messages(Locale.US));
            ((Shell) window.root()).head(made);
            return made;
        });
        assertThat(notice.isVisible()).isFalse();
        IllegalStateException error = new IllegalStateException("secret words");
        reports.uncaughtException(Thread.currentThread(), error);
        await().until(notice::isVisible);
        assertThat(((Labeled) node("crash-code")).getText())
                .isEqualTo("Something unexpected happened: " + ErrorCode.of(error));
        press("crash-to-logs");
        assertThat(asked).containsExactly("logs");
        ScreenChecks.everyControlHasAName(window);
        ScreenChecks.nothingIsCutOff(window);
        press("close-crash");
        assertThat(notice.isVisible()).isFalse();
    }

    private Node node(String id) {
        return ScreenChecks.find(window.root(), Node.class)
                .filter(node -> id.equals(node.getId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is seen with the id " + id));
    }

    private void press(String id) {
        StagedWindow.onScreen(() -> {
            ((Button) node(id)).fire();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
