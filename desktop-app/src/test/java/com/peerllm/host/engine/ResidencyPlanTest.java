package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.ResidencyPlan.Load;
import com.peerllm.host.engine.ResidencyPlan.Refused;
import com.peerllm.host.engine.ResidencyPlan.Resident;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who leaves memory so that another model can come. */
class ResidencyPlanTest {
    private static final long GB = 1_000_000_000L;
    private static final Resident OLD_SMALL = new Resident(id('a'), gigabytes(1), true, 1);
    private static final Resident MIDDLE_LARGE = new Resident(id('b'), gigabytes(6), true, 2);
    private static final Resident NEW = new Resident(id('c'), gigabytes(2), true, 3);

    @Test
    void nobodyLeavesWhileThereIsRoom() {
        assertThat(plan(List.of(OLD_SMALL, NEW), 4, 4)).isEqualTo(new Load(List.of()));
    }

    @Test
    void theLeastRecentlyUsedLeavesFirst() {
        assertThat(plan(List.of(NEW, OLD_SMALL), 4, 3)).isEqualTo(new Load(List.of(OLD_SMALL.model())));
    }

    @Test
    void onlyThoseLeaveWhoseMemoryIsNeeded() {
        assertThat(plan(List.of(OLD_SMALL, MIDDLE_LARGE, NEW), 6, 0))
                .isEqualTo(new Load(List.of(MIDDLE_LARGE.model())));
        assertThat(plan(List.of(OLD_SMALL, MIDDLE_LARGE, NEW), 7, 0))
                .isEqualTo(new Load(List.of(OLD_SMALL.model(), MIDDLE_LARGE.model())));
    }

    @Test
    void aModelThatAnswersOrIsPinnedNeverLeaves() {
        Resident answering = new Resident(id('d'), gigabytes(8), false, 0);

        assertThat(plan(List.of(answering, OLD_SMALL), 4, 1))
                .isEqualTo(
                        new Refused(
                                "Not enough memory: the model needs 4.00 GB, 2.00 GB can be had, with 1 other models that are pinned or answering. Choose a smaller model or a shorter context."));
    }

    @Test
    void aModelThatFitsNoWayPushesNobodyOut() {
        assertThat(plan(List.of(OLD_SMALL, MIDDLE_LARGE, NEW), 10, 0))
                .isInstanceOfSatisfying(
                        Refused.class,
                        no -> assertThat(no.sentence()).contains("needs 10.00 GB, 9.00 GB can be had. Choose"));
    }

    @Test
    void theMemoryOfAGpuIsCountedForItself() {
        Resident onGpu = new Resident(id('e'), new Footprint(GB, 4 * GB), true, 5);
        Footprint need = new Footprint(GB, 3 * GB);
        Footprint room = new Footprint(8 * GB, GB);

        assertThat(ResidencyPlan.of(List.of(OLD_SMALL, onGpu), need, room)).isEqualTo(new Load(List.of(onGpu.model())));
        assertThat(ResidencyPlan.of(List.of(OLD_SMALL), need, room))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.sentence()).startsWith("Not enough memory on the GPU"));
    }

    private static ResidencyPlan plan(List<Resident> residents, int needed, int free) {
        return ResidencyPlan.of(residents, gigabytes(needed), gigabytes(free));
    }

    private static Footprint gigabytes(int main) {
        return new Footprint(main * GB, 0);
    }

    private static ModelDigest id(char digit) {
        return new ModelDigest(String.valueOf(digit).repeat(64));
    }
}
