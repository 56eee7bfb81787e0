package com.peerllm.host.listings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.listings.ListingForm.Field;
import com.peerllm.host.listings.ListingRules.Fault;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingRulesTest {
    private static final Offering MODEL = new Offering(Offering.Kind.MODEL, Path.of("a.gguf"), 1, 10);

    @Test
    void whatIsWholeAndRightIsADraft() {
        ListingRules.Checked checked = ListingRules.check(
                new ListingForm(Optional.of(MODEL), " A title ", "Says what it is.", "MIT", "12,50", "2.5"));

        assertThat(checked.faults()).isEmpty();
        assertThat(checked.draft())
                .contains(new ListingDraft(
                        MODEL, "A title", "Says what it is.", "MIT", new Credits(12_500_000_000L), 250));
    }

    @Test
    void everyFieldThatIsMissingIsNamed() {
        ListingRules.Checked checked = ListingRules.check(new ListingForm(Optional.empty(), " ", "", "", "", ""));

        assertThat(checked.draft()).isEmpty();
        assertThat(checked.faults()).containsOnlyKeys(Field.values()).containsValue(Fault.MISSING);
        assertThat(checked.faults().values()).containsOnly(Fault.MISSING);
    }

    @ParameterizedTest(name = "price {0} is {1}")
    @CsvSource({
        "0, ",
        "0.01, ",
        "100000, ",
        "12.5, ",
        "100000.01, TOO_MUCH",
        "999999999, TOO_MUCH",
        "9999999999, NOT_A_NUMBER",
        "-1, NOT_A_NUMBER",
        "1e3, NOT_A_NUMBER",
        "12.505, NOT_A_NUMBER",
        "'1,000.00', NOT_A_NUMBER",
        "1.000.00, NOT_A_NUMBER",
        "$5, NOT_A_NUMBER",
        "five, NOT_A_NUMBER",
        "'', MISSING"
    })
    void aPriceIsDollarsAndCents(String typed, Fault fault) {
        assertThat(faults(typed, "0").get(Field.PRICE)).isEqualTo(fault);
    }

    @ParameterizedTest(name = "royalty {0} is {1}")
    @CsvSource({"0, ", "50, ", "'2,25', ", "50.01, TOO_MUCH", "999999999, TOO_MUCH", "2%, NOT_A_NUMBER", "'', MISSING"})
    void aRoyaltyIsAPercentage(String typed, Fault fault) {
        assertThat(faults("1", typed).get(Field.ROYALTY)).isEqualTo(fault);
    }

    @Test
    void aTextThatIsTooLongIsNamed() {
        ListingRules.Checked checked = ListingRules.check(
                new ListingForm(Optional.of(MODEL), "x".repeat(81), "x".repeat(4001), "x".repeat(201), "1", "0"));

        assertThat(checked.faults())
                .isEqualTo(Map.of(
                        Field.TITLE, Fault.TOO_LONG, Field.DESCRIPTION, Fault.TOO_LONG, Field.LICENCE, Fault.TOO_LONG));
    }

    @ParameterizedTest
    @CsvSource({"12.50, 12500000000", "0.00, 0", "99999.99, 99999990000000"})
    void aPriceIsTypedAsItIsRead(String text, long nanoDollars) {
        assertThat(ListingRules.typed(new Credits(nanoDollars))).isEqualTo(text);
        assertThat(ListingRules.price(text)).contains(new Credits(nanoDollars));
    }

    private static Map<Field, Fault> faults(String price, String royalty) {
        return ListingRules.check(new ListingForm(Optional.of(MODEL), "A", "B", "C", price, royalty))
                .faults();
    }
}
