package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.CREATOR;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.PSEUDONYMS;
import static com.peerllm.orchestrator.ledger.TestLedger.SETTINGS;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The leaves that commit to all balances. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StateLeavesTest {
    private static final Credits DOLLAR = Credits.ofDollars(1);
    private static final LedgerSettings HOURLY = SETTINGS.withStates(Duration.ofHours(1), true);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    @Test
    void theFirstLeafOfALogSaysWhatWasThereBefore() {
        try (TestLedger first = TestLedger.at(kind.in(folder), HOURLY).with(ALICE, DOLLAR)) {
            LogLeaf.State state = state(first.leaves.getFirst());
            assertThat(first.leaves.getFirst().index()).isZero();
            assertThat(state.accounts()).isZero();
            assertThat(state.mint()).isEqualTo(Credits.ZERO);
        }
    }

    @Test
    void aRestartCommitsToExactlyTheBalancesOfTheLeavesBeforeIt() {
        try (TestLedger first = TestLedger.at(kind.in(folder), HOURLY).with(ALICE, DOLLAR)) {
            // Of the hold nothing is posted: the state has the settled part alone.
            first.ledger.hold(job(1), ALICE, Credits.parseDollars("0.40"));
            now(first.ledger.settle(settlement(job(1), 1_000, 4_500)));
            first.ledger.hold(job(2), ALICE, Credits.parseDollars("0.40"));
        }
        try (TestLedger second = TestLedger.at(kind.in(folder), HOURLY)) {
            LeafRow written = second.leaves.getFirst();
            LogLeaf.State state = state(written);
            assertThat(written.index()).isEqualTo(3);
            assertThat(state.consumer()).isEqualTo(Credits.parseDollars("0.99"));
            assertThat(state.host()).isEqualTo(Credits.parseDollars("0.0095"));
            assertThat(state.network()).isEqualTo(Credits.parseDollars("0.0005"));
            assertThat(state.mint()).isEqualTo(new Credits(-DOLLAR.nanoDollars()));
            assertThat(state.accounts()).isEqualTo(3);
            assertThat(state.tree().sum()).isEqualTo(DOLLAR);
            assertThat(second.database.leaves().range(3, 4)).containsExactly(written);
        }
    }

    @Test
    void everyOwnerGetsAPathFromItsBalanceToTheLeaf() {
        try (TestLedger test = TestLedger.at(kind.in(folder), HOURLY).with(ALICE, DOLLAR)) {
            test.ledger.hold(job(1), ALICE, Credits.parseDollars("0.40"));
            now(test.ledger.settle(settlement(job(1), 1_000, 4_500)));
        }
        try (TestLedger test = TestLedger.at(kind.in(folder), HOURLY)) {
            ProvenState proven = test.ledger.state().orElseThrow();
            AccountId alice = new AccountId(PSEUDONYMS.publicName(ALICE, proven.context()));
            for (AccountId owner : List.of(alice, HOST_ACCOUNT, AccountKind.NETWORK_FEES)) {
                ProvenState.OwnBalance own = proven.balanceOf(owner).orElseThrow();
                assertThat(own.path()
                                .verify(owner, own.balance(), proven.leaf().tree())
                                .holds())
                        .isTrue();
                assertThat(own.path()
                                .verify(
                                        owner,
                                        own.balance().plus(new Credits(1)),
                                        proven.leaf().tree())
                                .holds())
                        .isFalse();
            }
            assertThat(proven.balanceOf(alice).orElseThrow().balance()).isEqualTo(Credits.parseDollars("0.99"));
            assertThat(proven.balanceOf(ALICE)).isEmpty();
            assertThat(proven.balanceOf(AccountKind.MINT_OF_CREDITS)).isEmpty();
        }
    }

    @Test
    void anHourWithLeavesEndsWithAStateAndAnHourWithoutDoesNot() {
        try (TestLedger test = TestLedger.at(kind.in(folder), HOURLY).with(ALICE, DOLLAR)) {
            assertThat(test.leaves).hasSize(2);
            test.nanos.addAndGet(Duration.ofHours(1).toNanos());
            // Nobody does anything: the journal's thread looks at the time by itself.
            await().until(() -> test.leaves.size() == 3);
            assertThat(state(test.leaves.get(2)).consumer()).isEqualTo(DOLLAR);

            test.nanos.addAndGet(Duration.ofHours(5).toNanos());
            test.ledger.hold(job(1), ALICE, DOLLAR);
            now(test.ledger.release(job(1), ReleaseReason.CANCELLED));
            assertThat(test.leaves).hasSize(3);

            now(test.ledger.topUp(new TransferId("more"), ALICE, DOLLAR));
            await().until(() -> test.leaves.size() == 5);
            assertThat(state(test.leaves.get(4)).consumer()).isEqualTo(Credits.ofDollars(2));
        }
    }

    @Test
    void whoOpensTheLedgerForOneCommandWritesTheFirstStateOnly() {
        LedgerSettings command = SETTINGS.withoutStateAtStart();
        try (TestLedger first = TestLedger.at(kind.in(folder), command)) {
            assertThat(first.leaves).hasSize(1);
        }
        try (TestLedger second = TestLedger.at(kind.in(folder), command)) {
            assertThat(second.leaves).isEmpty();
            assertThat(second.ledger.state()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void theNamesOfManyAccountsAreMadeElsewhereAndTheLeafFollowsWhenTheyAreThere() {
        List<Runnable> elsewhere = new ArrayList<>();
        AtomicLong nanos = new AtomicLong();
        Map<AccountId, Totals> before = Map.of(ALICE, Totals.ZERO.credit(DOLLAR), HOST_ACCOUNT, Totals.ZERO);
        StateLeaves states = new StateLeaves(
                before,
                5,
                PSEUDONYMS,
                SETTINGS.withStates(Duration.ofHours(1), false),
                InstantSource.system(),
                nanos::get,
                elsewhere::add,
                2);
        assertThat(states.due(5)).isEmpty();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(states.due(6)).isEmpty();
        assertThat(states.due(6)).isEmpty();
        assertThat(elsewhere).hasSize(1);

        // Meanwhile the journal goes on: an account is opened, and money moves to it.
        states.written(
                List.of(CREATOR),
                List.of(new TransferRow(1, "t", Phase.POST, ALICE, CREATOR, new Credits(400), "settlement", 0)));
        elsewhere.getFirst().run();
        LogLeaf.State state = state(new LeafRow(9, states.due(9).orElseThrow()));
        assertThat(state.accounts()).isEqualTo(3);
        assertThat(state.creator()).isEqualTo(new Credits(400));
        assertThat(state.tree().sum()).isEqualTo(DOLLAR);
        states.written(List.of(), List.of());
        ProvenState proven = states.newest().orElseThrow();
        assertThat(proven.index()).isEqualTo(9);
        assertThat(proven.balanceOf(CREATOR).orElseThrow().balance()).isEqualTo(new Credits(400));
        assertThat(states.due(10)).isEmpty();
    }

    private static LogLeaf.State state(LeafRow row) {
        try {
            return (LogLeaf.State) LogLeaf.parse(row.text().getBytes(StandardCharsets.UTF_8));
        } catch (InvalidLogData e) {
            throw new AssertionError(row.text(), e);
        }
    }
}
