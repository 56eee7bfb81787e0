package com.peerllm.orchestrator.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MedianTest {
    @Property(tries = 200)
    void isTheMiddleOfWhatIsThereWithinABucket(@ForAll Random random) {
        Median median = new Median();
        List<Double> there = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            if (!there.isEmpty() && random.nextInt(3) == 0) {
                median.remove(Median.bucketOf(there.remove(random.nextInt(there.size()))));
            } else {
                double value = Math.exp(10 * random.nextDouble() - 4);
                there.add(value);
                median.add(Median.bucketOf(value));
            }
            if (there.isEmpty()) {
                assertThat(median.value()).isZero();
            } else {
                List<Double> sorted = new ArrayList<>(there);
                Collections.sort(sorted);
                assertThat(median.value()).isCloseTo(sorted.get((sorted.size() - 1) / 2), withPercentage(2.3));
            }
        }
    }
}
