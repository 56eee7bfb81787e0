package com.peerllm.desktop.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.earnings.Overview.Span;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.reputation.LatelyMoved.Move;
import com.peerllm.host.reputation.ReputationNews;
import com.peerllm.shared.payout.PayoutStatement.Next;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Earnings says, without a window. */
class EarningsViewModelTest {
    private final StagedEarnings host = new StagedEarnings();
    private Instant now = StagedEarnings.NOW;
    private EarningsViewModel model;

    @BeforeEach
    void open() {
        open(Locale.US);
    }

    private void open(Locale locale) {
        model = new EarningsViewModel(
                host.source(),
                new Workbench(Runnable::run, Runnable::run, () -> now, new Messages(locale), room -> {}));
    }

    private Overview overview() {
        return model.overview().overviewProperty().get();
    }

    private PayoutWords payout() {
        return model.payout().wordsProperty().get();
    }

    @Test
    void everyReceiptThatComesIsShownNotOnlyTheFirst() {
        host.hasWorkedForAMonth();
        String before = overview().total();
        int rows = model.receipts().rows().size();
        host.isInTrouble();
        assertThat(overview().disputed()).isPresent();
        assertThat(overview().total()).isNotEqualTo(before);
        assertThat(model.receipts().rows()).hasSize(rows);
        assertThat(model.receipts().rows().get(1).state()).isEqualTo(ReceiptRow.State.DISPUTED);
    }

    @Test
    void tenThousandReceiptsAreReadAPageAtATime() {
        host.hasReceipts(10_050);
        ReceiptsViewModel receipts = model.receipts();
        assertThat(receipts.rows()).hasSize(500);
        assertThat(receipts.whichProperty().get()).contains("1 to 500 of 10,050 receipts");
        assertThat(receipts.newerProperty().get()).isFalse();
        String newest = receipts.rows().getFirst().when();

        for (int page = 1; page <= 20; page++) {
            assertThat(receipts.olderProperty().get()).isTrue();
            receipts.showOlder();
            assertThat(receipts.rows()).hasSizeLessThanOrEqualTo(500);
        }
        assertThat(receipts.rows()).hasSize(50);
        assertThat(receipts.olderProperty().get()).isFalse();
        assertThat(receipts.whichProperty().get()).contains("10,001 to 10,050 of 10,050 receipts");
        for (int page = 1; page <= 20; page++) receipts.showNewer();
        assertThat(receipts.rows().getFirst().when()).isEqualTo(newest);
        assertThat(receipts.newerProperty().get()).isFalse();
    }

    @Test
    void withoutAReceiptThereIsNoZero() {
        assertThat(overview().empty()).isTrue();
        assertThat(overview().total()).doesNotContain("0");
        assertThat(overview().bars())
                .hasSize(7)
                .allSatisfy(bar -> assertThat(bar.sentence()).endsWith("nothing earned"));
        assertThat(payout().sums()).isEmpty();
        assertThat(model.reputation().wordsProperty().get().models()).isEmpty();
    }

    @Test
    void eachSpanHasItsBars() {
        host.hasWorkedForAMonth();
        model.overview().spanProperty().set(Span.TODAY);
        assertThat(overview().bars()).hasSize(24);
        assertThat(overview().bars().getFirst().label())
                .as("midnight UTC, in Berlin")
                .startsWith("1:00");
        model.overview().spanProperty().set(Span.MONTH);
        assertThat(overview().bars()).hasSize(30);
        assertThat(overview().bars()).anySatisfy(bar -> assertThat(bar.share()).isEqualTo(1));
        assertThat(overview().models()).hasSize(3);
    }

    @Test
    void aNewDayBeginsWithoutAnybodyDoingSomething() {
        host.hasWorkedForAMonth();
        now = now.plus(Duration.ofHours(14));
        model.refresh();
        assertThat(overview().bars().getLast().sentence()).startsWith("Monday, November 23");
    }

    @Test
    void whatIsLeftIsEarnedMinusElectricity() {
        host.hasWorkedForAMonth();
        assertThat(overview().electricity()).contains(" of computing");
        assertThat(overview().net()).startsWith("$0.1");
        model.overview().wattsProperty().set("");
        model.overview().saveElectricity();
        assertThat(overview().net()).isEqualTo("Not known");
        model.overview().wattsProperty().set("ninety");
        model.overview().saveElectricity();
        assertThat(model.overview().electricityTroubleProperty().get().orElseThrow())
                .contains("whole number");
        host.computing.headMap(LocalDate.parse("2026-11-20")).clear();
        model.overview().wattsProperty().set("90");
        model.overview().priceProperty().set("0,31");
        model.overview().saveElectricity();
        assertThat(host.settings.get().electricity().pricePerKilowattHour()).hasValue("0.31");
        now = now.plusSeconds(301);
        model.refresh();
        assertThat(overview().electricity()).contains("before computing was measured");
    }

    @Test
    void eachNextStepIsSaidAndAnOldStatementCarriesItsTime() {
        Set<String> sentences = new HashSet<>();
        for (Next next : Next.values()) {
            host.payouts.set(
                    new PayoutNews(true, Optional.of(host.statement(next)), Optional.of("Nothing answers."), false));
            sentences.add(payout().next());
            assertThat(payout().asOf().orElseThrow()).startsWith("As of Nov 22, 2026, 10:56");
            assertThat(payout().trouble()).hasValue("Nothing answers.");
            assertThat(payout().sums().orElseThrow().paid()).isEqualTo("$41.23");
        }
        assertThat(sentences).hasSize(Next.values().length);
    }

    @Test
    void howToBePaidLeavesTheScreenOnceTheNetworkHasIt() {
        model.payout().detailsProperty().set("DE02 1203, Ann");
        host.refusal = Optional.of(new HostException(Problem.ORCHESTRATOR, "Nothing answers."));
        model.payout().send();
        assertThat(model.payout().troubleProperty().get()).hasValue("Nothing answers.");
        assertThat(model.payout().detailsProperty().get()).isEqualTo("DE02 1203, Ann");
        host.refusal = Optional.empty();
        model.payout().send();
        assertThat(host.asked).contains("payee iban");
        assertThat(model.payout().detailsProperty().get()).isEmpty();
        assertThat(model.payout().troubleProperty().get()).isEmpty();
        model.payout().methodProperty().set("My Bank!");
        model.payout().send();
        assertThat(model.payout().troubleProperty().get().orElseThrow()).contains("one word");
    }

    @Test
    void aReceiptsVerdictStaysWithItsReceipt() {
        host.isInTrouble();
        host.refusal = Optional.empty();
        model.receipts().choose(model.receipts().rows().get(1));
        ReceiptDetail disputed = model.receipts().detailProperty().get().orElseThrow();
        assertThat(disputed.verdict().orElseThrow().holds()).isFalse();
        assertThat(disputed.verdict().orElseThrow().sentence()).contains("other tokens than this host delivered");
        model.receipts().choose(model.receipts().rows().getFirst());
        model.receipts().verify();
        host.missing = Optional.of("The orchestrator says that it is not in the log");
        model.receipts().prove();
        ReceiptDetail good = model.receipts().detailProperty().get().orElseThrow();
        assertThat(good.verdict().orElseThrow().holds()).isTrue();
        assertThat(good.log().orElseThrow().holds()).isFalse();
        host.receives(StagedEarnings.NOW, "oak", 7);
        host.newReceiptsCame();
        assertThat(model.receipts().detailProperty().get().orElseThrow().facts())
                .isEqualTo(good.facts());
        model.receipts().exportCsv(Path.of("x.csv"));
        assertThat(model.receipts().saidProperty().get()).hasValue("Written: x.csv");
    }

    @Test
    void noAnswerAboutTheLogSaysNothingOfTheReceipt() {
        host.isInTrouble();
        model.receipts().choose(model.receipts().rows().getFirst());
        model.receipts().prove();
        assertThat(model.receipts().detailProperty().get().orElseThrow().log()).isEmpty();
        assertThat(model.receipts().provingTroubleProperty().get().orElseThrow())
                .startsWith("Nothing answers");
    }

    @Test
    void everyFaultHasWordsInBothLanguages() {
        List<String> names = List.of(
                "answered",
                "confirmed",
                "absent",
                "connection_lost",
                "engine_failed",
                "first_token_late",
                "stalled",
                "bad_arguments",
                "said_nothing",
                "overclaimed_prompt",
                "nothing_delivered",
                "audit_failed",
                "impossible_tokens",
                "false_signature");
        for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
            ReputationWording wording = new ReputationWording(new Messages(locale), ZoneId.of("UTC"));
            for (String name : names) {
                for (long count : new long[] {1, 3})
                    assertThat(wording.moved(new Move(name, count, LocalDate.EPOCH)))
                            .doesNotContain("_", "{");
            }
            assertThat(wording.moved(new Move("new_fault", 2, LocalDate.EPOCH))).isEqualTo("new_fault (2)");
        }
    }

    @Test
    void anExcludedHostIsToldUntilWhen() {
        host.reputation.set(new ReputationNews(
                true,
                Optional.of(host.report(StagedEarnings.NOW.plusSeconds(3600).toEpochMilli())),
                Optional.empty(),
                false));
        assertThat(model.reputation().wordsProperty().get().warning().orElseThrow())
                .contains("Excluded until Nov 22, 2026");
    }
}
