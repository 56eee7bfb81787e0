package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.earnings.EarningsViewModel;
import com.peerllm.desktop.earnings.StagedEarnings;
import com.peerllm.desktop.toolkit.FigureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The screen of earnings on the headless toolkit, over a staged host. */
@ExtendWith(ApplicationExtension.class)
class EarningsWindowTest {
    private final FxRobot robot = new QuickRobot();
    private final StagedEarnings host = new StagedEarnings();
    private StagedWindow window;
    private EarningsViewModel model;

    private void open(Locale locale) {
        window = new StagedWindow(locale, bench -> {
            Screen screen = Screens.earnings(host.source(), name -> Optional.of(Path.of("/home/x", name)), bench);
            model = (EarningsViewModel) screen.model();
            return screen;
        });
    }

    private void part(EarningsViewModel.Part part) {
        StagedWindow.onScreen(() -> {
            model.partProperty().set(part);
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Node node(String id) {
        return ScreenChecks.find(window.root(), Node.class)
                .filter(node -> id.equals(node.getId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is seen with the id " + id));
    }

    private String text(String id) {
        Node node = node(id);
        return node instanceof FigureText figure ? figure.textProperty().get() : ((Labeled) node).getText();
    }

    @Test
    void photographsEachPartInEachSituation() throws IOException {
        open(Locale.US);
        ScreenChecks.photographTwice(window, "earnings-empty");
        ScreenChecks.nothingIsCutOff(window);
        StagedWindow.onScreen(() -> {
            host.hasWorkedForAMonth();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
        photographs("month");
        StagedWindow.onScreen(() -> {
            host.isInTrouble();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
        photographs("trouble");
    }

    private void photographs(String situation) throws IOException {
        for (EarningsViewModel.Part part : EarningsViewModel.Part.values()) {
            part(part);
            if (part == EarningsViewModel.Part.RECEIPTS) chooseTheDisputedOne();
            if (situation.equals("month")) ScreenChecks.photograph(window, "earnings-month-" + part);
            else ScreenChecks.photographTwice(window, "earnings-" + situation + "-" + part);
            ScreenChecks.everyControlHasAName(window);
            ScreenChecks.nothingIsCutOff(window);
        }
    }

    private void chooseTheDisputedOne() {
        if (host.receipts.isEmpty()) return;
        StagedWindow.onScreen(() -> {
            ((TableView<?>) node("receipts")).getSelectionModel().select(1);
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void nothingIsCutOffInGerman() {
        host.isInTrouble();
        open(Locale.GERMANY);
        for (EarningsViewModel.Part part : EarningsViewModel.Part.values()) {
            part(part);
            if (part == EarningsViewModel.Part.RECEIPTS) chooseTheDisputedOne();
            ScreenChecks.nothingIsCutOff(window);
        }
    }

    @Test
    void theChartIsReadByKeyboard() {
        host.hasWorkedForAMonth();
        open(Locale.US);
        robot.interact(() -> node("chart").requestFocus());
        assertThat(node("chart").getAccessibleText()).startsWith("Earnings over time: Sunday, November 22: $");
        robot.type(KeyCode.LEFT);
        assertThat(text("chosen-bar")).startsWith("Saturday, November 21");
        robot.type(KeyCode.HOME);
        assertThat(text("chosen-bar")).startsWith("Monday, November 16");
    }

    @Test
    void whatIsNotKnownIsSaidAndNeverZero() {
        host.isInTrouble();
        open(Locale.US);
        assertThat(text("net")).isEqualTo("Not known");
        assertThat(text("electricity")).startsWith("Not known: enter below");
        assertThat(text("payout-as-of")).startsWith("As of Nov 22, 2026");
        assertThat(text("disputed")).isEqualTo("1 receipt of this time does not hold and is not counted.");
    }

    @Test
    void electricityIsTypedAndKept() {
        host.hasWorkedForAMonth();
        open(Locale.US);
        robot.interact(() -> node("watts").requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.A).write("120");
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(host.settings.get().electricity().watts()).hasValue(120);
        assertThat(text("electricity")).contains("of computing");
    }

    @Test
    void aReceiptIsCheckedProvedSavedAndAllAreExported() {
        host.hasWorkedForAMonth();
        open(Locale.US);
        part(EarningsViewModel.Part.RECEIPTS);
        chooseTheDisputedOne();
        for (String id : List.of("verify", "prove", "save-receipt", "export-csv")) press(id);
        assertThat(host.asked)
                .contains(
                        "verify",
                        "prove",
                        "save " + Path.of("/home/x/peerllm-receipt.json"),
                        "csv " + Path.of("/home/x/peerllm-receipts.csv"));
        assertThat(text("verdict")).isEqualTo("It holds: signatures, price and shares fit.");
        assertThat(text("log-verdict")).startsWith("The network has proved");
    }

    @Test
    void theReputationIsComputedAgain() {
        host.hasWorkedForAMonth();
        open(Locale.US);
        part(EarningsViewModel.Part.REPUTATION);
        press("recompute");
        assertThat(text("recompute-verdict"))
                .isEqualTo("Equal: 800 pieces of evidence and the sum of 12 older ones add up to the score.");
        host.differences = List.of("score is 0.5, not 0.4");
        press("recompute");
        assertThat(text("recompute-verdict")).isEqualTo("It differs: score is 0.5, not 0.4");
    }

    private void press(String id) {
        StagedWindow.onScreen(() -> {
            ((javafx.scene.control.Button) node(id)).fire();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
