package com.peerllm.orchestrator.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.payouts.PayoutResult.Outcome;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders and results as CSV files. */
class CsvProviderTest {
    private final CsvProvider provider = new CsvProvider();

    @Test
    void anOrderIsOneLineWithTwoDecimals() {
        PaymentOrder order = new PaymentOrder(
                12,
                "payout-12-3",
                new AccountId("creator:acme"),
                new PayeeDetails("iban", "DE02 1203 0000, Acme \"Models\" GmbH"),
                Credits.parseDollars("1234.50"));

        assertThat(provider.file(List.of(order)))
                .isEqualTo(
                        "batch,payout_id,account,method,payee,amount,currency\r\n"
                                + "12,payout-12-3,creator:acme,iban,\"DE02 1203 0000, Acme \"\"Models\"\" GmbH\",1234.50,USD\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49 30 1", "-1", "@SUM(A1)", "\tx", "\rx"})
    void nothingIsAFormula(String text) {
        assertThat(CsvProvider.field(text).replace("\"", "")).startsWith("'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49 30 1", "-1", "@x", "a\nb", "a\u202Eb", "", "  ", "a\u0000", "a\u2028b"})
    void detailsThatCouldDoHarmAreNotTaken(String details) {
        assertThatThrownBy(() -> new PayeeDetails("iban", details))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Details");
    }

    @Test
    void detailsAreInNoText() {
        assertThat(new PayeeDetails("iban", "DE02120300000000202051").toString())
                .doesNotContain("DE02");
    }

    @Test
    void resultsAreRead() {
        String file =
                "\uFEFFPayout_ID,result,reference\r\npayout-1-1,paid,TX 17\n\n\"payout-1-2\",Failed,\"closed, \"\"sorry\"\"\"";
        assertThat(provider.results(file))
                .containsExactly(
                        new PayoutResult("payout-1-1", Outcome.PAID, "TX 17"),
                        new PayoutResult("payout-1-2", Outcome.FAILED, "closed, \"sorry\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "payout-1-1,paid,x",
                "payout_id,result\npayout-1-1,paid",
                "payout_id,result,reference\npayout-1-1,paid",
                "payout_id,result,reference\npayout-1-1,perhaps,x",
                "payout_id,result,reference\npayout-1-1,paid,",
                "payout_id,result,reference\npayout-1-1,paid,\"x",
                "payout_id,result,reference\npayout-1-1,paid,\"x\"y",
                "payout_id,result,reference\npayout-1-1,paid,x\npayout-1-1,failed,x",
            })
    void aFileThatIsNoneIsRefusedWithASentence(String file) {
        assertThatThrownBy(() -> provider.results(file))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsAnyOf("Row", "first line");
    }

    @Property(tries = 300)
    void whateverIsWrittenIsReadAgain(@ForAll String text) {
        String line = "a," + CsvProvider.field(text) + ",b\r\n";
        boolean guarded = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        assertThat(CsvReader.rows(line)).containsExactly(List.of("a", (guarded ? "'" : "") + text, "b"));
    }
}
