package com.peerllm.shared.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes, reading ends in facts or in a {@link GgufException}, after little memory and time. */
class HostileHeaderTest {
    /** A file with every kind of entry; small, so that most random damage hits something that matters. */
    private static final SyntheticGguf VALID = SyntheticGguf.tiny()
            .text("general.license", "apache-2.0")
            .u32("general.file_type", 7)
            .u32("general.alignment", 32)
            .f32("llama.rope.freq_base", 10_000)
            .i32s("llama.feed_forward_length", 128, 256)
            .flags("llama.attention.sliding_window_pattern", true, false)
            .texts("tokenizer.ggml.tokens", "a", "b", "c", "\u00e9", "<|end|>")
            .u64("tokenizer.ggml.eos_token_id", 4)
            .text("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}")
            .tensor("blk.0.ffn_up.weight", TensorType.Q4_K, 256, 4);

    static final byte[] FILE = file(VALID);
    private static final byte[] HEADER = VALID.header();

    /** Reading a file of a kilobyte may cost its buffer and a few objects, whatever the file claims. */
    private static final long MOST_ALLOCATED_BYTES = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Example
    void theValidFileIsValid() throws GgufException {
        assertThat(read(FILE).shape().vocabularySize()).isEqualTo(5);
    }

    @Example
    void anyFileCutShortIsRefused() {
        for (int length = 0; length < FILE.length; length++) {
            byte[] cut = Arrays.copyOf(FILE, length);
            assertThatExceptionOfType(GgufException.class).isThrownBy(() -> read(cut));
        }
    }

    @Example
    void anySingleBitFlippedEndsInFactsOrARefusal() {
        for (int bit = 0; bit < HEADER.length * 8; bit++) {
            byte[] damaged = FILE.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            endsWell(damaged);
        }
    }

    @Property(tries = 3000)
    void anyByteChangedEndsInFactsOrARefusal(@ForAll int position, @ForAll byte value) {
        byte[] damaged = FILE.clone();
        damaged[Math.floorMod(position, HEADER.length)] = value;
        endsWell(damaged);
    }

    @Property(tries = 3000)
    void wildNumbersAnywhereEndInFactsOrARefusal(
            @ForAll int position, @ForAll @From("wildNumbers") long number, @ForAll boolean wide) {
        byte[] damaged = FILE.clone();
        int bytes = wide ? 8 : 4;
        int at = Math.floorMod(position, HEADER.length - bytes);
        for (int i = 0; i < bytes; i++) damaged[at + i] = (byte) (number >>> 8 * i);
        endsWell(damaged);
    }

    @Property(tries = 1000)
    void randomBytesBehindAValidStartEndInFactsOrARefusal(
            @ForAll @IntRange(min = 4, max = 400) int kept, @ForAll @Size(max = 600) byte[] noise) {
        byte[] damaged = Arrays.copyOf(FILE, kept + noise.length);
        System.arraycopy(noise, 0, damaged, kept, noise.length);
        endsWell(damaged);
    }

    @Property(tries = 500)
    void randomBytesAreRefused(@ForAll @Size(max = 300) byte[] noise) {
        endsWell(noise);
    }

    /** Kept seeds: many places damaged at once, the same every time. */
    @Example
    void manyPlacesDamagedAtOnceEndInFactsOrARefusal() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = FILE.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--)
                damaged[random.nextInt(HEADER.length)] = (byte) random.nextInt();
            endsWell(damaged);
        }
    }

    /** The same damage in a file that claims to be a petabyte, so that only the limits are left to refuse it. */
    @Property(tries = 1000)
    void damageInAVeryLargeFileIsBoundedByTheLimits(@ForAll int position, @ForAll @From("wildNumbers") long number) {
        byte[] header = HEADER.clone();
        int at = Math.floorMod(position, header.length - 8);
        for (int i = 0; i < 8; i++) header[at + i] = (byte) (number >>> 8 * i);
        GgufLimits small = new GgufLimits(64 << 10, 64, 64, 1000, 256, 256, 1024, 16 << 10);
        HeaderChannel channel = new HeaderChannel(header, 1L << 50);
        long allocated = allocatedBytes();
        try {
            GgufReader.read(channel, small);
        } catch (GgufException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(allocatedBytes() - allocated).isLessThan(MOST_ALLOCATED_BYTES);
        assertThat(channel.bytesRead()).isLessThan(256 << 10);
    }

    @Provide
    Arbitrary<Long> wildNumbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(0, 64),
                Arbitraries.of(
                        -1L,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        1L << 60,
                        1L << 40,
                        1L << 32,
                        1L << 31,
                        0xFFFF_FFFFL,
                        0x7FFF_FFFFL,
                        (long) FILE.length));
    }

    private static void endsWell(byte[] file) {
        long allocated = allocatedBytes();
        use(file);
        assertThat(allocatedBytes() - allocated).isLessThan(MOST_ALLOCATED_BYTES);
    }

    /** Puts whatever is in the bytes to every use that the host makes of a header. */
    static void use(byte[] file) {
        try {
            GgufFacts facts = read(file);
            // Facts from damaged bytes must still be fit for every use.
            MemoryEstimate.of(facts, RunShape.of(4096, 4));
            ContextPlan.fit(facts, RunShape.of(1 << 20, 4).withoutFlashAttention(), 512, 1L << 34);
        } catch (GgufException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static GgufFacts read(byte[] file) throws GgufException {
        return GgufReader.read(HeaderChannel.of(file), GgufLimits.STANDARD);
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static byte[] file(SyntheticGguf gguf) {
        return Arrays.copyOf(gguf.header(), Math.toIntExact(gguf.fileBytes()));
    }
}
