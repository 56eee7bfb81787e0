package com.peerllm.orchestrator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often a host is checked. */
class AuditRuleTest {
    private static final AuditRule RULE = AuditRule.STANDARD;

    @Test
    void allOfAHostsFirstAnswersAreChecked() {
        for (int confirmed = 0; confirmed < 10; confirmed++) {
            assertThat(RULE.chance(confirmed)).isEqualTo(1);
        }
    }

    @Test
    void thenOneInAsManyAsWereConfirmedInARowAndNeverFewerThanTheLeastShare() {
        assertThat(RULE.chance(10)).isEqualTo(0.1);
        assertThat(RULE.chance(25)).isEqualTo(0.04);
        assertThat(RULE.chance(50)).isEqualTo(0.02);
        assertThat(RULE.chance(1_000_000)).isEqualTo(0.02);
    }

    @Test
    void aShareOfNothingSwitchesAuditsOff() {
        AuditRule off = RULE.withLeastShare(0);
        assertThat(off.chance(0)).isZero();
        assertThat(off.chance(100)).isZero();
    }

    @Test
    void aShareOfAllChecksEverybodyForEver() {
        assertThat(RULE.withLeastShare(1).chance(1_000_000)).isEqualTo(1);
    }
}
