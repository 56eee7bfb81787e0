package com.peerllm.shared.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final long START = 1_800_000_000_000L;
    private static final long MONTH = Duration.ofDays(30).toMillis();

    @Test
    void thirtyDaysHalveTheWeightOfAnOldAbsence() {
        Presence presence = Presence.NEW
                .after(new Evidence.Present(1, START, hours(100), true))
                .after(new Evidence.Absent(2, START, hours(100)));
        assertThat(presence.uptime(START)).isCloseTo(104.0 / 204, offset(1e-9));
        assertThat(presence.uptime(START + MONTH)).isCloseTo(54.0 / 104, offset(1e-9));

        Presence better = presence.after(new Evidence.Present(3, START + MONTH, hours(50), false));
        assertThat(better.uptime(START + MONTH)).isCloseTo(104.0 / 154, offset(1e-9));
    }

    @Test
    void remembersWhoWentWithoutAWordUntilItIsBack() {
        Presence lost = Presence.NEW.after(new Evidence.Present(1, START, 1000, true));
        assertThat(lost.lostAtMillis()).isEqualTo(START);
        assertThat(lost.after(new Evidence.Absent(2, START + 5000, 5000)).lostAtMillis())
                .isZero();
    }

    @Test
    void takesTheNextPieceOnlyAndNoneOfAModel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Presence.NEW.after(new Evidence.Present(2, START, 1, false)))
                .withMessage("Evidence 1 is missing: number 2 came");
        assertThatIllegalArgumentException().isThrownBy(() -> Presence.NEW.after(new Evidence.Confirmed(1, START)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelHistory.EMPTY.after(new Evidence.Absent(1, START, 1)));
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }
}
