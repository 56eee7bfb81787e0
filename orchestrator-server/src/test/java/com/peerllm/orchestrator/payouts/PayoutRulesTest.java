package com.peerllm.orchestrator.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.payouts.Claim.Obstacle;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is paid how much, and when. */
class PayoutRulesTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long TODAY = 20_000;
    private static final long NOON = TODAY * DAY + DAY / 2;
    private static final AccountId HOST = new AccountId("host:host_" + "0".repeat(32));
    private static final PayoutRules RULES = PayoutRules.STANDARD;

    @ParameterizedTest
    @CsvSource({
        // first day, balance, recent, pending, payable, obstacle
        "19999, 100.00,  100.00,  100.00,   0.00, below",
        "19980, 100.00,   40.00,   40.00,  60.00, none",
        "19980, 100.00,   75.00,   75.00,  25.00, none",
        "19980, 100.00,   75.01,   75.01,  24.99, below",
        "19980, 100.00,    0.00,    0.00, 100.00, none",
        // 30 days ago at midnight: not new any more; a day less: new until tonight
        "19970, 100.00,  100.00,    0.00, 100.00, none",
        "19971, 100.00,  100.00,  100.00,   0.00, below",
        // amounts are rounded down to a cent
        "19000, 25.009999999, 0,    0.00,  25.00, none",
        "19000, 24.999999999, 0,    0.00,  24.99, below",
        // after a payout, less is there than was earned lately
        "19990,  10.00,   30.00,   10.00,   0.00, below",
    })
    void aClaimIsWhatIsMature(
            long firstDay, String balance, String recent, String pending, String payable, String obstacle) {
        Claim claim = RULES.claim(earner(HOST, balance, Optional.of(firstDay), recent, Optional.empty(), true), NOON);

        assertThat(claim.pending()).isEqualTo(Credits.parseDollars(pending));
        assertThat(claim.mature().plus(claim.pending())).isEqualTo(Credits.parseDollars(balance));
        assertThat(claim.payable()).isEqualTo(Credits.parseDollars(payable));
        assertThat(claim.obstacle().isPresent()).isEqualTo(obstacle.equals("below"));
    }

    @ParameterizedTest
    @CsvSource({
        // now, the first day that is not mature: seven days after the end of the day before it
        "0, 19993",
        "43200000, 19993",
        "86399999, 19993",
        "86400000, 19994",
    })
    void aDaysEarningsMatureWhenItIsOverForSevenDays(long intoTheDay, long firstImmature) {
        long now = TODAY * DAY + intoTheDay;
        assertThat(RULES.firstImmatureDay(now)).isEqualTo(firstImmature);
        assertThat(RULES.matureAtMillis(firstImmature)).isGreaterThan(now);
        assertThat(RULES.matureAtMillis(firstImmature - 1)).isLessThanOrEqualTo(now);
    }

    @Test
    void theNetworksFeesAreMatureAtOnceAndCreatorsWaitLikeHosts() {
        AccountId fees = new AccountId("network:fees");
        AccountId creator = new AccountId("creator:acme");
        assertThat(RULES.claim(earner(fees, "50", Optional.of(TODAY), "50", Optional.empty(), true), NOON)
                        .payable())
                .isEqualTo(Credits.ofDollars(50));
        assertThat(RULES.claim(earner(creator, "50", Optional.of(TODAY), "50", Optional.empty(), true), NOON)
                        .payable())
                .isEqualTo(Credits.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"consumer:ann", "promo:ann", "escrow:jobs", "mint:credits", "payout:transit"})
    void nobodyElseIsEverPaid(String account) {
        AccountId other = new AccountId(account);
        assertThat(PayoutRules.mayBePaid(other)).isFalse();
        Earner earner = earner(other, "1000", Optional.of(0L), "0", Optional.empty(), true);
        assertThatThrownBy(() -> RULES.claim(earner, NOON)).hasMessageContaining("Nothing is ever paid out of");
    }

    @Test
    void theBlockedAndThoseWhoDoNotSayHowAreNamed() {
        Earner blocked = earner(HOST, "50", Optional.of(1L), "0", Optional.of("it lied"), true);
        Earner silent = earner(HOST, "50", Optional.of(1L), "0", Optional.empty(), false);
        assertThat(RULES.claim(blocked, NOON).obstacle()).contains(new Obstacle.Blocked("it lied"));
        assertThat(RULES.claim(silent, NOON).obstacle()).contains(new Obstacle.NoPayee());
    }

    @Test
    void aHigherThresholdDoesNotHideThatAHostIsBlocked() {
        PayoutRules high = new PayoutRules(Credits.ofDollars(1_000), RULES.maturity(), RULES.newFor());
        Earner blocked = earner(HOST, "50", Optional.of(1L), "0", Optional.of("it lied"), true);
        assertThat(high.objection(blocked, Credits.ofDollars(50), NOON)).contains(new Obstacle.Blocked("it lied"));
    }

    @Test
    void whatWasProposedAndIsNotMatureAnyMoreIsObjectedTo() {
        Earner earner = earner(HOST, "50", Optional.of(19_990L), "30", Optional.empty(), true);
        assertThat(RULES.objection(earner, Credits.ofDollars(20), NOON)).isEmpty();
        assertThat(RULES.objection(earner, Credits.ofDollars(21), NOON))
                .contains(new Obstacle.NotMature(Credits.ofDollars(21)));
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new PayoutRules(Credits.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("threshold");
        assertThatThrownBy(() -> new PayoutRules(Credits.ofDollars(1), Duration.ofDays(-1), Duration.ZERO))
                .hasMessageContaining("negative");
    }

    private static Earner earner(
            AccountId account,
            String balance,
            Optional<Long> firstDay,
            String recent,
            Optional<String> blocked,
            boolean hasPayee) {
        return new Earner(
                account, Credits.parseDollars(balance), firstDay, Credits.parseDollars(recent), blocked, hasPayee);
    }
}
