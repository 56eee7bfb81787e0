package com.peerllm.host.catalog;

import static com.peerllm.host.catalog.SomeCatalog.GIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.catalog.FitAdvice.Badge;
import com.peerllm.host.catalog.MeasuredSpeeds.Place;
import com.peerllm.host.catalog.MeasuredSpeeds.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChoiceTest {
    private final Catalog catalog = Catalogs.builtIn();

    @Test
    void withNothingMeasuredTheLargestThatIsSurelyQuick() {
        ModelChoice choice = choice(16, MeasuredSpeeds.NONE);

        assertThat(choice.model().id()).isEqualTo("llama-3.2-1b-instruct");
        assertThat(choice.variant().quantization()).isEqualTo("Q4_K_M");
        assertThat(choice.advice().badge()).isEqualTo(Badge.GREAT);
    }

    @Test
    void onAComputerThatWasMeasuredTheLargestThatIsQuickEnoughThere() {
        // About what two channels of DDR4 reach: 30 GB/s.
        MeasuredSpeeds laptop =
                new MeasuredSpeeds(List.of(new Run(SomeCatalog.digest("a"), 1_000_000_000, Place.MAIN_MEMORY, 30)));

        assertThat(choice(14, laptop).model().architecture().parameters()).isGreaterThan(5_000_000_000L);
        assertThat(choice(14, laptop).advice().badge()).isEqualTo(Badge.GREAT);
        assertThat(choice(3, laptop).model().architecture().parameters()).isLessThan(3_000_000_000L);
    }

    @Test
    void whenNoneIsQuickTheSmallestThatRuns() {
        MeasuredSpeeds slow =
                new MeasuredSpeeds(List.of(new Run(SomeCatalog.digest("a"), 1_000_000_000, Place.MAIN_MEMORY, 0.1)));

        ModelChoice choice = choice(16, slow);

        assertThat(choice.advice().badge()).isEqualTo(Badge.SLOW);
        assertThat(choice.model().id()).isEqualTo("smollm2-135m-instruct");
    }

    @Test
    void noneWhenNoneFits() {
        Advisor tiny = new Advisor(SomeCatalog.machine(GIB / 4, GIB / 8), MeasuredSpeeds.NONE);

        assertThat(ModelChoice.of(catalog, tiny)).isEmpty();
    }

    private ModelChoice choice(long freeGib, MeasuredSpeeds speeds) {
        Advisor advisor = new Advisor(SomeCatalog.machine(16 * GIB, freeGib * GIB), speeds);
        return ModelChoice.of(catalog, advisor).orElseThrow();
    }
}
