package com.peerllm.shared.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * An orchestrator that owns the log's key writes what it likes and signs it: hashes and signatures hold, and the money shows which
 * leaf is a lie.
 */
class DishonestLogTest {
    /** A payment with a royalty and the host's signature, one without, a top-up, a state leaf. */
    private static final int ROYALTY = 8;

    private static final int PAYMENT = 10;
    private static final int TOP_UP = 51;
    private static final int STATE = 97;

    private final MadeLog log = MadeLog.of(400, 97, false);

    private Fault audit(List<String> leaves) {
        return Audits.run(log.publish(leaves), log.orchestrator.publicKey()).fault();
    }

    private List<String> with(int leaf, UnaryOperator<String> change) {
        List<String> leaves = new ArrayList<>(log.leaves);
        String before = leaves.get(leaf);
        leaves.set(leaf, change.apply(before));
        assertThat(leaves.get(leaf)).as("the change changes something").isNotEqualTo(before);
        return leaves;
    }

    private static UnaryOperator<String> line(String name, UnaryOperator<String> change) {
        Pattern line = Pattern.compile("(?m)^" + name + " (.*)$");
        return text -> line.matcher(text)
                .replaceFirst(found -> Matcher.quoteReplacement(name + " " + change.apply(found.group(1))));
    }

    private static UnaryOperator<String> add(String name, long amount) {
        return line(name, number -> Long.toString(Long.parseLong(number) + amount));
    }

    private record Lie(String name, int leaf, UnaryOperator<String> change, String what) {}

    @TestFactory
    List<DynamicTest> everyChangedFieldIsNamedWithItsLeaf() {
        PeerIdentity other = PeerIdentity.generate();
        String otherHex = "5".repeat(64);
        return List.of(
                        new Lie("host share", PAYMENT, add("host-share", 1), "do not add up"),
                        new Lie("network share", PAYMENT, add("network-share", 1), "do not add up"),
                        new Lie("creator share", ROYALTY, add("creator-share", -1), "do not add up"),
                        new Lie(
                                "all into the network",
                                PAYMENT,
                                add("host-share", -5).andThen(add("network-share", 5))::apply,
                                "The network's share"),
                        new Lie(
                                "a share for nobody",
                                PAYMENT,
                                add("host-share", -5).andThen(add("creator-share", 5))::apply,
                                "paid to nobody"),
                        new Lie("charged", PAYMENT, add("charged", 1), "not the price"),
                        new Lie(
                                "charged and paid",
                                PAYMENT,
                                add("charged", 1).andThen(add("host-share", 1))::apply,
                                "not the price"),
                        new Lie("prompt tokens", PAYMENT, add("prompt-tokens", 1), "not the price"),
                        new Lie("completion tokens", PAYMENT, add("completion-tokens", 1), "not the price"),
                        new Lie(
                                "tokens moved",
                                PAYMENT,
                                add("prompt-tokens", 3).andThen(add("completion-tokens", -1))::apply,
                                "host's signature"),
                        new Lie("prompt price", PAYMENT, add("prompt-price", 1_000_000), "not the price"),
                        new Lie("completion price", PAYMENT, add("completion-price", 1_000_000), "not the price"),
                        new Lie("negative share", PAYMENT, line("network-share", n -> "-1"), "network-share"),
                        new Lie(
                                "huge amounts",
                                PAYMENT,
                                line("prompt-price", n -> "" + Long.MAX_VALUE)
                                        .andThen(line("prompt-tokens", n -> "" + Integer.MAX_VALUE))::apply,
                                "out of range"),
                        new Lie("delivered", PAYMENT, line("delivered", hash -> otherHex), "host's signature"),
                        new Lie("model digest", PAYMENT, line("digest", hash -> otherHex), "host's signature"),
                        new Lie("job", PAYMENT, line("job", id -> "job_" + "7".repeat(32)), "host's signature"),
                        new Lie(
                                "host's signature",
                                PAYMENT,
                                line("host-signature", s -> MadeLog.base64(new byte[64])),
                                "host's signature"),
                        new Lie("no signature", PAYMENT, line("host-signature", s -> "!"), "not base64url"),
                        new Lie(
                                "host",
                                PAYMENT,
                                line("host", id -> other.hostId().value()),
                                "does not follow from its key"),
                        new Lie(
                                "host key",
                                PAYMENT,
                                line("host-key", key -> other.publicKey().toString()),
                                "does not follow from its key"),
                        new Lie(
                                "orchestrator",
                                PAYMENT,
                                line("orchestrator", name -> "another"),
                                "another orchestrator"),
                        new Lie(
                                "orchestrator key",
                                PAYMENT,
                                line(
                                        "orchestrator-key",
                                        key -> other.publicKey().toString()),
                                "another orchestrator's key"),
                        new Lie(
                                "creator of another kind",
                                ROYALTY,
                                line("creator", name -> "network:fees"),
                                "another kind"),
                        new Lie("time", PAYMENT, add("settled", -4_000_000), "goes back too far"),
                        new Lie("consumer", PAYMENT, line("consumer", id -> "ann"), "64 hex digits"),
                        new Lie("version", PAYMENT, text -> text.replace("receipt v2", "receipt v1"), "first line"),
                        new Lie("one line more", PAYMENT, text -> text + "\nnote x", "more lines"),
                        new Lie("a leading zero", PAYMENT, line("segment", n -> "00"), "segment"),
                        new Lie("cause", TOP_UP, line("cause", word -> "gift"), "does not know: gift"),
                        new Lie(
                                "cause of another way",
                                TOP_UP,
                                line("cause", word -> "payout_sent"),
                                "no money may move"),
                        new Lie(
                                "debit of a consumer",
                                TOP_UP,
                                line("debit", name -> "consumer:" + otherHex),
                                "no money may move"),
                        new Lie("credit of a host", TOP_UP, line("credit", name -> "host:me"), "no money may move"),
                        new Lie("a person by name", TOP_UP, line("credit", name -> "consumer:ann"), "not a commitment"),
                        new Lie("nothing moved", TOP_UP, line("amount", n -> "0"), "above 0"),
                        new Lie("entry's time", TOP_UP, add("time", -4_000_000), "goes back too far"),
                        new Lie(
                                "top-up found at the next state",
                                STATE,
                                add("consumer", 1),
                                "do not add up to the sum"),
                        new Lie(
                                "a debt hidden",
                                STATE,
                                add("consumer", 5).andThen(add("host", -5))::apply,
                                "kind consumer"),
                        new Lie(
                                "money made",
                                STATE,
                                add("consumer", 5).andThen(add("sum", 5)).andThen(add("mint", -5))::apply,
                                "kind consumer"),
                        new Lie("money hidden", STATE, add("mint", 5), "do not add up to 0"),
                        new Lie("sum", STATE, add("sum", 1), "sum of their tree"),
                        new Lie("accounts left out", STATE, line("accounts", n -> "2"), "leaves out accounts"),
                        new Lie("negative kind", STATE, line("host", n -> "-7"), "host"),
                        new Lie("no state at first", 0, text -> log.leaves.get(1), "does not begin with a state"),
                        new Lie("no leaf", PAYMENT, text -> "", "first line"),
                        new Lie("a long leaf", PAYMENT, text -> text + "x".repeat(7_900), "8192"))
                .stream()
                .map(lie -> DynamicTest.dynamicTest(lie.name(), () -> {
                    Fault fault = audit(with(lie.leaf(), lie.change()));
                    assertThat(fault.leaf()).as(fault.sentence()).hasValue(lie.leaf());
                    assertThat(fault.file()).contains(lie.leaf() < 256 ? "tile/entries/000" : "tile/entries/001.p/144");
                    assertThat(fault.sentence()).contains(lie.what());
                }))
                .toList();
    }

    @Test
    void aChangedAmountThatFitsByItselfIsFoundAtTheNextState() {
        Fault fault = audit(with(TOP_UP, add("amount", 1_000)));
        assertThat(fault.leaf()).hasValue(STATE);
        assertThat(fault.what()).contains("kind consumer");
        assertThat(fault.expected().orElseThrow()).isNotEqualTo(fault.found().orElseThrow());
    }

    @Test
    void aLeafThatIsMissingOrTooManyIsFoundAtTheNextState() {
        List<String> missing = new ArrayList<>(log.leaves);
        missing.remove(STATE + 3);
        assertThat(audit(missing).leaf()).hasValue(2 * STATE - 1);

        List<String> more = new ArrayList<>(log.leaves);
        log.pay("ann", 0, 10, 4, false);
        more.add(STATE + 3, log.leaves.getLast());
        assertThat(audit(more).leaf()).hasValue(2 * STATE + 1);
    }

    @Test
    void theSameJobTwiceIsNamedWithItsFirstLeaf() {
        List<String> leaves = new ArrayList<>(log.leaves);
        leaves.add(300, log.leaves.get(PAYMENT));
        Fault fault = audit(leaves);
        assertThat(fault.leaf()).hasValue(300);
        assertThat(fault.what()).contains("settled before, in leaf " + PAYMENT);
    }

    @Test
    void theSamePartTwiceIsNamed() {
        List<String> leaves = new ArrayList<>(log.leaves);
        leaves.add(PAYMENT + 1, log.leaves.get(PAYMENT));
        Fault fault = audit(leaves);
        assertThat(fault.leaf()).hasValue(PAYMENT + 1);
        assertThat(fault.what()).contains("paid twice");
    }

    @Test
    void partsOfOneJobSideBySideAreFine() {
        JobId job = new JobId("job_" + "0".repeat(32));
        log.pay(job, 0, "ann", 0, 10, 4, false);
        log.pay(job, 2, "ann", 1, 0, 4, false);
        log.pay(new JobId("job_" + "0".repeat(31) + "1"), 0, "ann", 1, 0, 4, false);
        log.state();
        assertThat(Audits.run(log.publish(), log.orchestrator.publicKey())
                        .report()
                        .fault())
                .isEmpty();
    }

    @Test
    void theSameTopUpTwiceIsNamed() {
        List<String> leaves = new ArrayList<>(log.leaves);
        leaves.add(200, log.leaves.get(TOP_UP));
        Fault fault = audit(leaves);
        assertThat(fault.leaf()).hasValue(200);
        assertThat(fault.what()).contains("posted before, in leaf " + TOP_UP);
    }

    @Test
    void aHostCannotBePaidOutMoreThanItEarned() {
        log.post("payout_sent", log.hostAccount(1), AccountId.of("payout", "x"), 50_000_000);
        Fault fault = Audits.run(log.publish(), log.orchestrator.publicKey()).fault();
        assertThat(fault.leaf()).hasValue(400);
        assertThat(fault.what()).contains(log.hostAccount(1) + " pays more than it has");
    }

    @Test
    void consumersCannotSpendMoreThanTheyAllHave() {
        MadeLog poor = new MadeLog(1);
        poor.state();
        poor.topUp("ann", 20_000);
        poor.pay("ann", 0, 10, 4, false);
        poor.pay("ann", 0, 10, 4, false);
        Fault fault = Audits.run(poor.publish(), poor.orchestrator.publicKey()).fault();
        assertThat(fault.leaf()).hasValue(3);
        assertThat(fault.what()).contains("kind consumer pay more");
    }

    @Test
    void moreCannotComeBackToTheMintThanWasMinted() {
        MadeLog made = new MadeLog(1);
        made.state();
        made.post("payout_paid", AccountId.of("payout", "x"), AccountId.of("mint", "credits"), 5);
        assertThat(Audits.run(made.publish(), made.orchestrator.publicKey())
                        .fault()
                        .leaf())
                .hasValue(1);
    }

    @Test
    void whatWasThereBeforeTheLogMayBePaidOutOnceAndNoMore() {
        MadeLog made = new MadeLog(1);
        made.topUp("ann", 1_000_000);
        made.pay("ann", 0, 100, 100, false);
        long earned = made.total("host");
        made.leaves.clear();
        made.state();
        made.post("payout_sent", made.hostAccount(0), AccountId.of("payout", "x"), earned);
        assertThat(Audits.run(made.publish(), made.orchestrator.publicKey())
                        .report()
                        .fault())
                .isEmpty();
        made.post("payout_sent", made.hostAccount(0), AccountId.of("payout", "x"), 1);
        assertThat(Audits.run(made.publish(), made.orchestrator.publicKey())
                        .fault()
                        .leaf())
                .hasValue(2);
    }

    @Test
    void aRewrittenOrShortenedLogIsFoundByTheNextAudit() {
        AuditOptions options = AuditOptions.of(Optional.of(log.orchestrator.publicKey()));
        for (int changed : new int[] {1, 51, 255, 256, 299}) {
            AuditState seen = Audits.run(log.publish(log.leaves.subList(0, 300)), options, Optional.empty())
                    .state()
                    .orElseThrow();
            MemoryFiles rewritten =
                    log.publish(with(changed, text -> text.replaceFirst("(?m)^(delivered|time|settled) .", "$1 2")));
            Fault fault = Audits.run(rewritten, options, Optional.of(seen)).fault();
            assertThat(fault.what()).contains("was rewritten", "300 leaves");
        }
        AuditState seen =
                Audits.run(log.publish(), options, Optional.empty()).state().orElseThrow();
        Fault fault = Audits.run(log.publish(log.leaves.subList(0, 399)), options, Optional.of(seen))
                .fault();
        assertThat(fault.what()).contains("fewer leaves");
    }
}
