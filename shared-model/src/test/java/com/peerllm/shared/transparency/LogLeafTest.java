package com.peerllm.shared.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A leaf has one spelling: what is read is written again to the byte, and everything else is refused. */
class LogLeafTest {
    static final String PAYMENT = """
            peerllm receipt v2
            orchestrator peerllm
            job job_d3b5e09ee645c0fbca1ef61cd6321af1
            segment 0
            settled 1795381795236
            host host_38d4ce96b43a2d0fb39845cece46766a
            host-key NMHz6l3ly0iILtWduBOc4NRk8aeK4jF7AmIOe2RFHzI
            model sprout-1.4m-q8_0
            digest b9988445d4de1054e6819a18ab256d503377e0bd2849c14ddcb13dbc135773ea
            prompt-tokens 10
            completion-tokens 4
            prompt-price 500000000
            completion-price 1500000000
            charged 11000
            host-share 10450
            network-share 550
            creator-share 0
            creator none
            consumer 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
            delivered dc8e379c8a09d4d692aad5a74c223c0b89ecb6257bff4def3ebaabadc08781cf
            host-signature aKQ3viHYexqtjbQ2zFwKVenjVMwuNIrj4-Qh6ikVfzhNnEMfXG3ZgfjQ1sFKd2kiNOyAqJsQMX_ZmHQ-YjyMAw
            orchestrator-key QQaLgYkM3Y84AOSf-Hz4usTZHW6_kGldywyt2h5v5OI""";

    static final String ENTRY = """
            peerllm entry v1
            time 1795381795236
            cause top_up
            debit mint:credits
            credit consumer:5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
            amount 5000000000""";

    static final String STATE = """
            peerllm state v1
            time 1795381795236
            consumer 4999989000
            promo 0
            host 10450
            creator 0
            network 550
            payout 0
            mint -5000000000
            accounts 3
            sum 5000000000
            root 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328""";

    static List<String> leaves() {
        return List.of(PAYMENT, ENTRY, STATE);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void whatIsReadIsWrittenAgainToTheByte(String text) throws Exception {
        LogLeaf leaf = LogLeaf.parse(text.getBytes(UTF_8));
        assertThat(leaf.text()).isEqualTo(text);
        assertThat(leaf.timeMillis()).isEqualTo(1_795_381_795_236L);
        assertThat(LogLeaf.parse(leaf.bytes())).isEqualTo(leaf);
    }

    @Test
    void everyFieldIsRead() throws Exception {
        LogLeaf.Payment payment = (LogLeaf.Payment) LogLeaf.parse(PAYMENT.getBytes(UTF_8));
        assertThat(payment.charged())
                .isEqualTo(payment.price().cost(payment.promptTokens(), payment.completionTokens()));
        assertThat(payment.hostShare().plus(payment.networkShare())).isEqualTo(payment.charged());
        assertThat(payment.creator()).isEmpty();
        assertThat(payment.hostSignature()).isPresent();
        LogLeaf.Entry entry = (LogLeaf.Entry) LogLeaf.parse(ENTRY.getBytes(UTF_8));
        assertThat(entry.debit()).isEqualTo(AccountId.of("mint", "credits"));
        assertThat(entry.credit().kind()).isEqualTo("consumer");
        assertThat(entry.amount()).isEqualTo(Credits.ofDollars(5));
        LogLeaf.State state = (LogLeaf.State) LogLeaf.parse(STATE.getBytes(UTF_8));
        assertThat(state.mint()).isEqualTo(Credits.ofDollars(-5));
        assertThat(state.tree().sum()).isEqualTo(Credits.ofDollars(5));
        assertThat(state.accounts()).isEqualTo(3);
    }

    @Test
    void aCreatorAndAHostThatDidNotSignAreReadToo() throws Exception {
        String text = PAYMENT.replace("creator none", "creator creator:acme")
                .replaceFirst("host-signature .*", "host-signature none");
        LogLeaf.Payment payment = (LogLeaf.Payment) LogLeaf.parse(text.getBytes(UTF_8));
        assertThat(payment.creator()).hasValue(AccountId.of("creator", "acme"));
        assertThat(payment.hostSignature()).isEmpty();
        assertThat(payment.text()).isEqualTo(text);
    }

    @Test
    void theSignedMessageOfAReceiptIsALeaf() throws Exception {
        Receipt receipt = new Receipt(
                "peerllm",
                new JobId("job_" + "1".repeat(32)),
                3,
                1_795_381_795_236L,
                new HostId("host_" + "2".repeat(32)),
                PeerIdentity.generate().publicKey(),
                new ModelId("Some/Model@0123456789ab"),
                new ModelDigest("3".repeat(64)),
                Integer.MAX_VALUE,
                0,
                new TokenPrice(new Credits(Long.MAX_VALUE), Credits.ZERO),
                new Credits(Long.MAX_VALUE),
                new Credits(4),
                new Credits(5),
                new Credits(6),
                "7".repeat(64),
                Optional.empty(),
                PeerIdentity.generate().publicKey(),
                "",
                Optional.of(AccountId.of("creator", "acme")),
                Optional.of("8".repeat(64)),
                Optional.of(9L));
        LogLeaf.Payment leaf = (LogLeaf.Payment) LogLeaf.parse(receipt.message());
        assertThat(leaf.bytes()).isEqualTo(receipt.message());
        assertThat(leaf.creatorShare()).isEqualTo(receipt.creatorShare());
        assertThat(leaf.creator()).isEqualTo(receipt.creator());
        assertThat(leaf.consumer()).isEqualTo("8".repeat(64));
        assertThat(leaf.orchestratorKey()).isEqualTo(receipt.orchestratorKey());
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void noByteMayBeLeftOutOrAddedUnnoticed(String text) {
        for (int at = 0; at < text.length(); at++) {
            assertOneSpelling(text.substring(0, at));
            assertOneSpelling(text.substring(0, at) + text.substring(at + 1));
            for (char c : " \n\t\r0+-.=A\u0000é".toCharArray()) {
                assertOneSpelling(text.substring(0, at) + c + text.substring(at));
                assertOneSpelling(text.substring(0, at) + c + text.substring(at + 1));
            }
        }
        assertThatThrownBy(() -> LogLeaf.parse((text + "\n").getBytes(UTF_8)))
                .hasMessage("The leaf has more lines than it should");
    }

    /** Either refused, or the leaf that has exactly this text. */
    private static void assertOneSpelling(String text) {
        try {
            assertThat(LogLeaf.parse(text.getBytes(UTF_8)).text()).isEqualTo(text);
        } catch (InvalidLogData e) {
            assertThat(e).hasMessageMatching("[A-Z].*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "peerllm receipt v2 | peerllm receipt v1 | The first line is not that of a leaf known here",
                "charged 11000 | charged 011000 | The line 'charged' is not a decimal number of the usual form",
                "charged 11000 | charged -11000 | The line 'charged' is not a decimal number of the usual form",
                "charged 11000 | charged 9223372036854775808 | The line 'charged' is more than 2^63-1",
                "segment 0 | segment 2147483648 | The line 'segment' is more than 2147483647",
                "settled 1795381795236 | time 1795381795236 | Line 5 is not 'settled ...'",
                "creator none | creator | Line 18 is not 'creator ...'",
                "consumer 5dc9 | consumer 5DC9 | The line 'consumer' is not 64 hex digits"
            })
    void theWrongLineOfAPaymentIsNamed(String right, String wrong, String why) {
        assertThatThrownBy(() -> LogLeaf.parse(PAYMENT.replace(right, wrong).getBytes(UTF_8)))
                .isInstanceOf(InvalidLogData.class)
                .hasMessage(why);
    }

    @Test
    void peopleAreNamedByCommitmentsOnly() {
        assertThatThrownBy(() -> LogLeaf.parse(
                        ENTRY.replaceFirst("consumer:.*", "consumer:alice").getBytes(UTF_8)))
                .hasMessage("The leaf is wrong: credit is a person's account and is not a commitment");
        assertThatThrownBy(() -> LogLeaf.parse(
                        ENTRY.replaceFirst("mint:credits", "bank:credits").getBytes(UTF_8)))
                .hasMessage("The leaf is wrong: debit is an account of an unknown kind");
        assertThatThrownBy(() -> LogLeaf.parse(PAYMENT.replace("creator none", "creator consumer:alice")
                        .getBytes(UTF_8)))
                .hasMessage("The leaf is wrong: creator is a person's account and is not a commitment");
        assertThatThrownBy(() -> new LogLeaf.Entry(
                        0, "top_up", AccountId.of("mint", "credits"), AccountId.of("promo", "alice"), Credits.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyMintMayBeBelowZero() {
        assertThatThrownBy(() -> LogLeaf.parse(STATE.replace("mint -", "mint ").getBytes(UTF_8)))
                .hasMessage("The line 'mint' is not 0 or less");
        assertThatThrownBy(() -> LogLeaf.parse(STATE.replace("host ", "host -").getBytes(UTF_8)))
                .isInstanceOf(InvalidLogData.class);
        assertThatThrownBy(() -> LogLeaf.parse(
                        STATE.replace("mint -5000000000", "mint -0").getBytes(UTF_8)))
                .hasMessage("The leaf is not in its usual spelling");
    }

    @Test
    void aLeafIsBounded() {
        assertThatThrownBy(() -> LogLeaf.parse(new byte[LogLeaf.MAX_BYTES + 1]))
                .hasMessage("A leaf has at most 8192 bytes");
        assertThatThrownBy(() -> LogLeaf.parse(new byte[] {(byte) 0xFF})).hasMessage("The leaf is not UTF-8");
    }
}
