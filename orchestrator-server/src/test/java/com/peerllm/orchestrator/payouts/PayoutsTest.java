package com.peerllm.orchestrator.payouts;

import static com.peerllm.orchestrator.payouts.World.ADMIN;
import static com.peerllm.orchestrator.payouts.World.failed;
import static com.peerllm.orchestrator.payouts.World.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.payout.PayoutStatement.Next;
import com.peerllm.shared.payout.PayoutStatement.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch on its way from a proposal to the bank, and back. */
@Timeout(60)
class PayoutsTest {
    private static final Duration LONG = Duration.ofDays(40);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void begin() {
        world = new World(folder);
    }

    @AfterEach
    void everythingAddsUp() {
        assertThat(world.fault()).isEmpty();
        assertThat(world.sumOfAll()).isEqualTo(Credits.ZERO);
        world.close();
    }

    @Test
    void earningsAreProposedApprovedExportedAndPaid() {
        PeerIdentity host = world.hostWith(40);
        Credits earned = world.balance(host);
        world.pass(LONG);

        PayoutBatch draft = world.payouts.propose(ADMIN).batch().orElseThrow();
        assertThat(world.balance(host)).as("a proposal moves nothing").isEqualTo(earned);

        PayoutBatch approved = world.payouts.approve(1, ADMIN);
        LineRow line = only(approved);
        assertThat(line.amount()).as("whole cents").isEqualTo(Credits.ofDollars(40));
        assertThat(world.balance(host)).isEqualTo(earned.minus(line.amount()));
        assertThat(world.inTransit()).isEqualTo(line.amount());

        String file = world.payouts.export(1);
        assertThat(file).contains("1,payout-1-1,host:" + host.hostId() + ",iban,DE02120300000000202051,40.00,USD\r\n");

        PayoutBatch settled = world.payouts.record(1, List.of(paid(line)));
        assertThat(settled.batch().state()).isEqualTo(BatchState.SETTLED);
        assertThat(only(settled).state()).isEqualTo(LineState.PAID);
        assertThat(only(settled).note()).contains("ref-1");
        assertThat(world.inTransit()).isEqualTo(Credits.ZERO);
        assertThat(world.paidOut()).isEqualTo(line.amount());
        assertThat(draft.batch().proposedBy()).isEqualTo(ADMIN);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void everyStepDoneTwiceAndAfterARestartIsDoneOnce(TestDatabase database) {
        world.close();
        world = new World(
                folder,
                database.in(folder),
                PayoutRules.STANDARD,
                Duration.ofDays(20_000).toMillis());
        PeerIdentity host = world.hostWith(40);
        PeerIdentity other = world.hostWith(30);
        world.pass(LONG);
        Credits before = world.balance(host).plus(world.balance(other));

        world.payouts.propose(ADMIN);
        world.restart();
        for (int time = 1; time <= 3; time++) {
            world.payouts.approve(1, ADMIN);
            world.restart();
        }
        assertThat(world.inTransit()).isEqualTo(Credits.ofDollars(70));
        String file = world.payouts.export(1);
        world.restart();
        assertThat(world.payouts.export(1)).isEqualTo(file);
        assertThat(world.payouts.approve(1, ADMIN).batch().state()).isEqualTo(BatchState.EXPORTED);
        List<LineRow> lines = world.payouts.show(1).lines();
        for (int time = 1; time <= 3; time++) {
            world.payouts.record(1, List.of(paid(lines.get(0))));
            world.restart();
        }
        assertThat(world.paidOut()).isEqualTo(Credits.ofDollars(40));
        for (int time = 1; time <= 3; time++) {
            world.payouts.record(1, List.of(paid(lines.get(0)), failed(lines.get(1))));
            world.restart();
        }
        assertThat(world.paidOut()).isEqualTo(Credits.ofDollars(40));
        assertThat(world.balance(host).plus(world.balance(other))).isEqualTo(before.minus(Credits.ofDollars(40)));
        assertThat(world.payouts.show(1).batch().state()).isEqualTo(BatchState.SETTLED);
    }

    /** Stops between a decision and each move of money, before and after the ledger has it, and starts again. */
    @Test
    void aCrashBetweenTheDecisionAndTheMoneyIsMadeGoodAtTheStart() {
        for (int i = 0; i < 3; i++) world.hostWith(30 + i);
        world.pass(LONG);
        for (boolean afterwards : new boolean[] {false, true}) {
            crashAt(0, afterwards);
            crashAt(2, afterwards);
        }
    }

    private void crashAt(int moves, boolean afterwards) {
        Credits transitBefore = world.inTransit();
        long batch = world.payouts.propose(ADMIN).batch().orElseThrow().batch().number();
        crash(moves, afterwards, () -> world.payouts.approve(batch, ADMIN));
        assertThat(world.payouts.show(batch).lines()).allMatch(line -> line.state() == LineState.SENT);
        assertThat(world.inTransit().minus(transitBefore)).isEqualTo(sum(batch));

        world.payouts.export(batch);
        List<LineRow> lines = world.payouts.show(batch).lines();
        crash(
                moves,
                afterwards,
                () -> world.payouts.record(
                        batch, lines.stream().map(World::failed).toList()));
        assertThat(world.payouts.show(batch).lines()).allMatch(line -> line.state() == LineState.RETURNED);
        assertThat(world.payouts.show(batch).batch().state()).isEqualTo(BatchState.SETTLED);
        assertThat(world.inTransit()).isEqualTo(transitBefore);
        assertThat(folder.resolve("payouts")).as("nothing personal is left").isEmptyDirectory();
    }

    private Credits sum(long batch) {
        return world.payouts.show(batch).lines().stream().map(LineRow::amount).reduce(Credits.ZERO, Credits::plus);
    }

    /** Ends everything at the money's move of this number, with or without the ledger having it. */
    private void crash(int moves, boolean afterwards, Runnable command) {
        world.restart(till -> new StoppingTill(till, moves, afterwards));
        assertThatThrownBy(command::run).isInstanceOf(StoppingTill.PowerCut.class);
        world.restart();
        assertThat(world.fault()).as("half done is no contradiction").isEmpty();
        world.payouts.finish();
    }

    @Test
    void aCancelledBatchGivesItsMoneyBack() {
        PeerIdentity host = world.hostWith(40);
        Credits earned = world.balance(host);
        world.pass(LONG);
        world.payouts.propose(ADMIN);
        world.payouts.approve(1, ADMIN);
        for (int time = 1; time <= 2; time++) {
            assertThat(world.payouts.cancel(1, ADMIN).batch().state()).isEqualTo(BatchState.CANCELLED);
            assertThat(world.balance(host)).isEqualTo(earned);
            world.restart();
        }
        assertThat(only(world.payouts.show(1)).state()).isEqualTo(LineState.RETURNED);
        refused(() -> world.payouts.approve(1, ADMIN), "Batch 1 is cancelled and cannot be approved.");
        refused(() -> world.payouts.export(1), "Batch 1 is cancelled and has nothing to export.");

        world.payouts.propose(ADMIN);
        assertThat(only(world.payouts.cancel(2, ADMIN)).state())
                .as("a draft has nothing to give back")
                .isEqualTo(LineState.HELD_BACK);
        world.payouts.propose(ADMIN);
        world.payouts.approve(3, ADMIN);
        world.payouts.export(3);
        refused(() -> world.payouts.cancel(3, ADMIN), "Record what did not arrive as failed");
        world.payouts.record(3, List.of(failed(only(world.payouts.show(3)))));
        assertThat(world.balance(host)).isEqualTo(earned);
    }

    @Test
    void newHostsWaitUntilTheirEarningsAreSevenDaysOld() {
        PeerIdentity host = world.host(true);
        Credits first = world.earnDollars(host, 30);
        world.pass(Duration.ofDays(5));
        Credits second = world.earnDollars(host, 20);
        assertThat(world.payouts.propose(ADMIN).batch()).isEmpty();
        assertThat(statement(host).next()).isEqualTo(Next.WAIT);
        assertThat(statement(host).pending()).isEqualTo(first.plus(second));
        assertThat(statement(host).maturing()).hasSize(2);

        world.pass(Duration.ofMillis(statement(host).maturing().getFirst().atMillis() - world.millis.get() - 1));
        assertThat(world.payouts.propose(ADMIN).batch())
                .as("a millisecond before")
                .isEmpty();
        world.pass(Duration.ofMillis(1));
        assertThat(statement(host).mature()).isEqualTo(first);
        assertThat(statement(host).pending()).isEqualTo(second);
        assertThat(statement(host).next()).isEqualTo(Next.NEXT_BATCH);
        assertThat(only(world.payouts.propose(ADMIN).batch().orElseThrow()).amount())
                .isEqualTo(Credits.ofDollars(30));
    }

    @Test
    void theBlockedAndThoseWhoDoNotSayHowAreHeldBackByName() {
        PeerIdentity blocked = world.hostWith(50);
        PeerIdentity silent = world.host(false);
        world.earnDollars(silent, 60);
        world.hostWith(20);
        world.pass(LONG);
        world.database.hosts().setBlocked(blocked.hostId(), Optional.of("it lied"));

        PayoutBatch.Proposal proposal = world.payouts.propose(ADMIN);

        assertThat(proposal.batch()).isEmpty();
        assertThat(proposal.heldBack())
                .extracting(line -> line.account().name() + ": " + line.note().orElse(""))
                .containsExactly(
                        silent.hostId() + ": It is not known how to pay it",
                        blocked.hostId() + ": The host is blocked: it lied");
        assertThat(world.payouts.list(10)).isEmpty();
        assertThat(statement(blocked).next()).isEqualTo(Next.BLOCKED);
        assertThat(statement(silent).next()).isEqualTo(Next.SET_PAYEE);
    }

    @Test
    void whoIsBlockedBetweenProposalAndApprovalIsHeldBack() {
        PeerIdentity liar = world.hostWith(50);
        PeerIdentity honest = world.hostWith(40);
        world.pass(LONG);
        world.payouts.propose(ADMIN);
        world.database.hosts().setBlocked(liar.hostId(), Optional.of("it lied"));

        PayoutBatch approved = world.payouts.approve(1, ADMIN);

        assertThat(approved.lines()).extracting(LineRow::state).containsExactly(LineState.HELD_BACK, LineState.SENT);
        assertThat(world.inTransit()).isEqualTo(Credits.ofDollars(40));
        world.payees.put(AccountId.ofHost(honest.hostId()), Optional.empty(), world.millis.get());
        refused(() -> world.payouts.export(1), "Nobody in batch 1 can be paid now");
        world.payouts.cancel(1, ADMIN);
        world.payouts.propose(ADMIN);
    }

    @Test
    void whoErasesHowToBePaidBeforeTheExportGetsTheMoneyBack() {
        PeerIdentity host = world.hostWith(50);
        PeerIdentity other = world.hostWith(40);
        Credits earned = world.balance(host);
        world.pass(LONG);
        world.payouts.propose(ADMIN);
        world.payouts.approve(1, ADMIN);
        world.payees.put(AccountId.ofHost(host.hostId()), Optional.empty(), world.millis.get());

        assertThat(world.payouts.export(1))
                .contains(other.hostId().value())
                .doesNotContain(host.hostId().value());
        assertThat(world.balance(host)).isEqualTo(earned);
        assertThat(world.payouts.show(1).lines().getFirst().state()).isEqualTo(LineState.RETURNED);
    }

    @Test
    void noTwoDraftsAreOpenAtOnce() {
        world.hostWith(40);
        world.pass(LONG);
        world.payouts.propose(ADMIN);
        refused(() -> world.payouts.propose(ADMIN), "Batch 1 is proposed already. Approve it or cancel it first.");
        world.payouts.approve(1, ADMIN);
        assertThat(world.payouts.propose(ADMIN).batch()).as("all is in transit").isEmpty();
    }

    @Test
    void resultsThatContradictAreRefusedWhole() {
        world.hostWith(40);
        world.hostWith(30);
        world.pass(LONG);
        List<LineRow> lines = world.payouts.propose(ADMIN).batch().orElseThrow().lines();
        refused(() -> world.payouts.record(1, List.of(paid(lines.get(0)))), "was not exported yet");
        refused(() -> world.payouts.export(1), "has to be approved first");
        world.payouts.approve(1, ADMIN);
        refused(() -> world.payouts.record(1, List.of(paid(lines.get(0)))), "was not exported yet");
        world.payouts.export(1);
        world.payouts.record(1, List.of(paid(lines.get(0))));
        refused(
                () -> world.payouts.record(1, List.of(paid(lines.get(1)), failed(lines.get(0)))),
                "was recorded as paid");
        assertThat(world.payouts.show(1).lines().get(1).state()).isEqualTo(LineState.SENT);
        PayoutResult stranger = new PayoutResult("payout-1-9", PayoutResult.Outcome.PAID, "x");
        refused(() -> world.payouts.record(1, List.of(paid(lines.get(1)), stranger)), "There is no payout payout-1-9");
        refused(() -> world.payouts.show(7), "There is no payout batch 7.");
        assertThat(world.paidOut()).isEqualTo(Credits.ofDollars(40));
    }

    @Test
    void aHostSeesWhatItIsOwedAndPaid() {
        PeerIdentity host = world.host(true);
        world.earnDollars(host, 40);
        world.pass(Duration.ofDays(15));
        world.earnDollars(host, 10);
        world.payouts.propose(ADMIN);
        world.payouts.approve(1, ADMIN);
        assertThat(statement(host).payouts()).singleElement().satisfies(payout -> {
            assertThat(payout.state()).isEqualTo(State.IN_TRANSIT);
            assertThat(payout.id()).isEqualTo("payout-1-1");
        });
        world.payouts.export(1);
        world.payouts.record(1, List.of(paid(only(world.payouts.show(1)))));

        PayoutStatement seen = statement(host);
        assertThat(seen.paid()).isEqualTo(Credits.ofDollars(40));
        assertThat(seen.inTransit()).isEqualTo(Credits.ZERO);
        assertThat(seen.payouts().getFirst().state()).isEqualTo(State.PAID);
        assertThat(seen.payouts().getFirst().note()).contains("ref-1");
        assertThat(seen.next()).isEqualTo(Next.EARN_MORE);
        assertThat(seen.payeeMethod()).contains("iban");
        assertThat(world.payouts.statement("test", PeerIdentity.generate().hostId()))
                .isEmpty();
    }

    @Test
    void payeeDetailsAreInNoChangeLogAndGoneWhenErased() throws IOException {
        PeerIdentity host = world.host(false);
        AccountId account = AccountId.ofHost(host.hostId());
        Optional<PayeeDetails> secret = Optional.of(new PayeeDetails("iban", "XX99 Secret Person"));
        assertThat(world.payouts.setPayee(account, secret, 1_000)).isTrue();
        assertThat(world.payouts.setPayee(account, secret, 1_000))
                .as("the same again")
                .isTrue();
        assertThat(filesWith("Secret Person")).containsExactly("payees");
        assertThat(world.payouts.setPayee(account, Optional.empty(), 2_000)).isTrue();
        assertThat(filesWith("Secret Person")).isEmpty();
        assertThat(world.payouts.setPayee(account, secret, 1_500))
                .as("overheard and sent again")
                .isFalse();
        assertThat(filesWith("Secret Person")).isEmpty();
        refused(() -> world.payouts.setPayee(TestLedger.ALICE, secret, 1), "Only hosts, creators and the network");
        refused(() -> world.payouts.setPayee(new AccountId("creator:none"), secret, 1), "There is no account");
    }

    private List<String> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .peek(PayoutsTest::onlyTheOwnerReads)
                    .map(file -> folder.relativize(file).getName(0).toString())
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void onlyTheOwnerReads(Path file) {
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        } catch (UnsupportedOperationException notPosix) {
            // This file system has no such permissions.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theNetworksOwnFeesCanBePaidOut() {
        world.hostWith(600);
        assertThat(world.fees()).isGreaterThan(Credits.ofDollars(30));
        world.payees.put(new AccountId("network:fees"), Optional.of(new PayeeDetails("iban", "DE1")), 1);
        PayoutBatch batch = world.payouts.propose(ADMIN).batch().orElseThrow();
        assertThat(only(batch).account()).isEqualTo(new AccountId("network:fees"));
        world.payouts.approve(1, ADMIN);
        assertThat(world.fees()).isLessThan(Credits.parseDollars("0.01"));
    }

    @Test
    void anAuditFindsTransfersThatNoBatchKnows() {
        PeerIdentity host = world.hostWith(40);
        world.pass(LONG);
        world.payouts.propose(ADMIN);
        world.payouts.approve(1, ADMIN);
        assertThat(world.payouts.audit().payouts()).isEqualTo(1);
        TestLedger.now(world.ledger.post(
                new TransferId("payout-7/forged/sent"),
                LedgerCause.PAYOUT_SENT,
                AccountId.ofHost(host.hostId()),
                PayoutIds.TRANSIT,
                new Credits(1)));
        assertThat(world.fault()).contains("The journal has 2 transfers payout_sent, batches have 1");
        // Leaves the next check with nothing to find.
        world.close();
        world = new World(folder.resolve("other"));
    }

    private PayoutStatement statement(PeerIdentity host) {
        PayoutStatement statement =
                world.payouts.statement("test", host.hostId()).orElseThrow();
        assertThat(statement
                        .pending()
                        .plus(statement.mature())
                        .plus(statement.inTransit())
                        .plus(statement.paid()))
                .isEqualTo(statement.earned());
        return statement;
    }

    private static LineRow only(PayoutBatch batch) {
        assertThat(batch.lines()).hasSize(1);
        return batch.lines().getFirst();
    }

    private static void refused(Runnable command, String sentence) {
        assertThatThrownBy(command::run).isInstanceOf(PayoutException.class).hasMessageContaining(sentence);
    }
}
