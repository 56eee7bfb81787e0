package com.peerllm.orchestrator.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.accounts.RateLimits.Defaults;
import com.peerllm.orchestrator.accounts.RateLimits.Ticket;
import com.peerllm.shared.identity.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each key has its own limits, or the defaults, and only keys in use take memory. */
class RateLimitsTest {
    private final AtomicLong now = new AtomicLong(1);
    private final RateLimits limits = new RateLimits(new Defaults(OptionalInt.of(2), OptionalInt.of(1_000)), now::get);

    private static ApiKey key(String id, OptionalInt requests, OptionalInt tokens) {
        KeyTerms terms = new KeyTerms(Scope.OF_A_CONSUMER, Optional.empty(), requests, tokens, Optional.empty());
        return new ApiKey(id, new AccountId("consumer:ann"), "", terms, Instant.EPOCH, Optional.empty());
    }

    private static ApiKey key(String id) {
        return key(id, OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void keysDoNotUseEachOthersLimits() {
        for (int i = 0; i < 2; i++)
            assertThat(limits.ticket(key("a")).takeRequest()).isEmpty();

        assertThat(limits.ticket(key("a")).takeRequest()).isPresent();
        assertThat(limits.ticket(key("b")).takeRequest()).isEmpty();
    }

    @Test
    void aKeysOwnLimitIsStrongerThanTheDefault() {
        ApiKey fast = key("fast", OptionalInt.of(3), OptionalInt.empty());
        for (int i = 0; i < 3; i++)
            assertThat(limits.ticket(fast).takeRequest()).isEmpty();

        assertThat(limits.ticket(fast).takeRequest()).isPresent();
        assertThat(limits.ticket(fast).requests()).map(RateLimits.Gauge::limit).contains(3);
        assertThat(limits.ticket(fast).tokens()).map(RateLimits.Gauge::limit).contains(1_000);
    }

    @Test
    void aLimitThatIsChangedHoldsFromTheNextRequestOn() {
        for (int i = 0; i < 2; i++) limits.ticket(key("a")).takeRequest();
        ApiKey changed = key("a", OptionalInt.of(100), OptionalInt.empty());

        assertThat(limits.ticket(changed).takeRequest())
                .as("the minute is used up")
                .isPresent();
        now.addAndGet(Duration.ofMillis(600).toNanos());
        assertThat(limits.ticket(changed).takeRequest()).isEmpty();
    }

    @Test
    void tokensAreCorrectedOnce() {
        Ticket ticket = limits.ticket(key("a"));
        assertThat(ticket.takeTokens(900)).isEmpty();
        assertThat(limits.ticket(key("a")).takeTokens(200)).isPresent();

        ticket.tokensUsed(100);
        ticket.tokensUsed(0);

        assertThat(ticket.tokens()).map(RateLimits.Gauge::remaining).contains(900L);
    }

    @Test
    void whoWasRefusedHasNothingToGiveBack() {
        limits.ticket(key("a")).takeTokens(1_000);
        Ticket refused = limits.ticket(key("a"));
        assertThat(refused.takeTokens(500)).isPresent();

        refused.tokensUsed(0);

        assertThat(refused.tokens()).map(RateLimits.Gauge::remaining).contains(0L);
    }

    @Test
    void noLimitMeansNoGauge() {
        RateLimits none = new RateLimits(Defaults.NONE, now::get);
        Ticket ticket = none.ticket(key("a"));

        for (int i = 0; i < 10_000; i++) assertThat(ticket.takeRequest()).isEmpty();
        assertThat(ticket.takeTokens(Long.MAX_VALUE)).isEmpty();
        assertThat(ticket.requests()).isEmpty();
        assertThat(ticket.tokens()).isEmpty();
    }

    @Test
    void keysThatAreNotInUseAreForgotten() {
        for (int i = 0; i < 10_000; i++) limits.ticket(key("key" + i)).takeRequest();
        assertThat(limits.remembered()).isEqualTo(10_000);
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        for (int i = 0; i < 10_000; i++) limits.ticket(key("other")).takeRequest();

        assertThat(limits.remembered()).isLessThan(5);
    }

    @Test
    void whoSendsManyWrongKeysIsSlowedDownAndNobodyElse() {
        FailedKeys failures = new FailedKeys(0);
        for (int i = 0; i < FailedKeys.PER_MINUTE; i++)
            assertThat(failures.count("10.0.0.1", 0)).isEmpty();

        assertThat(failures.isOver("10.0.0.1", 0)).isTrue();
        assertThat(failures.count("10.0.0.1", 0)).contains(Duration.ofSeconds(1));
        assertThat(failures.isOver("10.0.0.2", 0)).isFalse();
        assertThat(failures.isOver("10.0.0.1", Duration.ofSeconds(1).toNanos())).isFalse();
    }

    @Test
    void addressesAndReportsOfWrongKeysHaveABound() {
        FailedKeys failures = new FailedKeys(0);
        int reports = 0;
        for (int i = 0; i < 3 * FailedKeys.MOST_ADDRESSES; i++) {
            long at = Duration.ofMillis(i).toNanos();
            failures.count("address " + i, at);
            if (failures.report(at).isPresent()) reports++;
        }
        assertThat(failures.remembered()).isEqualTo(FailedKeys.MOST_ADDRESSES);
        assertThat(reports).as("in half a minute").isEqualTo(1);
    }
}
