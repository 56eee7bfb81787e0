package com.peerllm.host.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionTest {
    /** The example of semver.org, section 11. */
    private static final List<String> IN_ORDER = List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0");

    @Test
    void versionsAreOrderedAsSemanticVersioningOrdersThem() {
        List<Version> versions = IN_ORDER.stream().map(Version::of).toList();
        for (int i = 0; i < versions.size(); i++)
            for (int j = 0; j < versions.size(); j++)
                assertThat(versions.get(i).isNewerThan(versions.get(j)))
                        .as("%s newer than %s", versions.get(i), versions.get(j))
                        .isEqualTo(i > j);
    }

    @Test
    void whatIsNoVersionIsNone() {
        for (String text :
                List.of("", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "v1.2.3", "1.2.3+b", "../1.2.3"))
            assertThatThrownBy(() -> Version.of(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        assertThat(Version.find("(unpackaged)")).isEmpty();
    }

    @Property(tries = 300)
    void theOrderIsOneAndWritingItKeepsTheVersion(
            @ForAll("versions") Version one, @ForAll("versions") Version two, @ForAll("versions") Version three) {
        assertThat(Version.of(one.toString())).isEqualTo(one);
        assertThat(Integer.signum(one.compareTo(two))).isEqualTo(-Integer.signum(two.compareTo(one)));
        assertThat(one.compareTo(two) == 0).isEqualTo(one.equals(two));
        if (one.compareTo(two) <= 0 && two.compareTo(three) <= 0)
            assertThat(one.compareTo(three)).isLessThanOrEqualTo(0);
    }

    @Provide
    Arbitrary<Version> versions() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 3);
        Arbitrary<List<String>> before = Arbitraries.of(
                        IntStream.range(0, 3).mapToObj(Integer::toString).toList())
                .injectDuplicates(0.1)
                .list()
                .ofMaxSize(2)
                .flatMap(list -> Arbitraries.of(List.of(list, List.<String>of(), List.of("rc", "1"), List.of("x-1"))));
        return Combinators.combine(number, number, number, before).as(Version::new);
    }
}
