package com.peerllm.shared;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever strangers send is read or refused, and never anything else; {@link StrangersFuzz} goes on from here for longer. */
class StrangersInputTest {
    private static final List<byte[]> GOOD = StrangersInput.good();
    private static final byte[] TELLING = "{}[]\",:\\0-9e.+tfn\u0000".getBytes(StandardCharsets.US_ASCII);

    @Test
    void whatWasCutAnywhereIsReadOrRefused() {
        for (byte[] good : GOOD) {
            for (int length = 0; length < good.length; length++) {
                byte[] cut = Arrays.copyOf(good, length);
                assertThatCode(() -> StrangersInput.read(cut)).doesNotThrowAnyException();
            }
        }
    }

    @Property(tries = 2_000)
    void whatWasDamagedIsReadOrRefused(@ForAll("damaged") byte[] input) {
        StrangersInput.read(input);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] noise, @ForAll("readers") char reader) {
        byte[] input = new byte[noise.length + 1];
        input[0] = (byte) reader;
        System.arraycopy(noise, 0, input, 1, noise.length);
        StrangersInput.read(input);
    }

    @Provide
    Arbitrary<Character> readers() {
        return Arbitraries.of('c', 'e', 'h', 'o', 't', 'v', 'l', 'n', 'p', 'k', 'b', 'T');
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Arbitraries.randomValue(StrangersInputTest::damage);
    }

    /** One to eight bytes changed, taken out or doubled. */
    private static byte[] damage(Random random) {
        byte[] input = GOOD.get(random.nextInt(GOOD.size())).clone();
        for (int change = random.nextInt(1, 9); change > 0 && input.length > 2; change--) {
            int at = random.nextInt(1, input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] = (byte) random.nextInt(256);
                case 1 -> input[at] = TELLING[random.nextInt(TELLING.length)];
                case 2 -> System.arraycopy(input, at, input, at - 1, input.length - at);
                default -> {
                    byte[] longer = Arrays.copyOf(input, input.length + Math.min(50, input.length - at));
                    System.arraycopy(input, at, longer, longer.length - (input.length - at), input.length - at);
                    input = longer;
                }
            }
        }
        return input;
    }
}
