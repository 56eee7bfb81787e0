package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the facts of a model from the header of a GGUF file of version 2 or 3, little-endian; it never reads the weights.
 *
 * <p>Files come from strangers. Every count, length and offset is checked against the file's size and the limits before
 * anything is allocated or passed over, so that a hostile header costs little memory and time and ends in a
 * {@link GgufException}, never in another exception. Format:
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
 */
public final class GgufReader {
    /** The letters GGUF as a little-endian number. */
    private static final int MAGIC = 0x46554747;

    private static final int DEFAULT_ALIGNMENT = 32;

    private GgufReader() {}

    /** Reads the file's header with the standard limits. */
    public static GgufFacts read(Path file) throws GgufException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(channel, GgufLimits.STANDARD);
        } catch (IOException e) {
            throw new GgufException(Reason.READ_FAILED, 0, "The file could not be read", e);
        }
    }

    /**
     * Reads the header from the channel's start, whatever its position; the channel stays open. Interrupting the thread
     * ends the reading as {@link Reason#READ_FAILED} when the channel can be interrupted.
     */
    public static GgufFacts read(SeekableByteChannel channel, GgufLimits limits) throws GgufException {
        HeaderSource source = new HeaderSource(channel, limits);
        int version = version(source);
        int tensors = source.count("tensors", TensorDirectory.LEAST_TENSOR_BYTES, limits.tensors());
        int entries = source.count("entries", MetadataReader.LEAST_ENTRY_BYTES, limits.entries());
        Metadata metadata = new MetadataReader(source, limits).read(entries);
        FactsFromHeader facts = new FactsFromHeader(metadata);
        facts.checkIsLanguageModel(tensors, source.position());
        int alignment = alignment(metadata, source.position());
        return facts.facts(version, new TensorDirectory(source, alignment).read(tensors));
    }

    private static int version(HeaderSource source) throws GgufException {
        if (source.fileBytes() < 4 || source.i32() != MAGIC)
            throw new GgufException(Reason.NOT_GGUF, 0, "The file does not start with the letters GGUF");
        int version = source.i32();
        return switch (version) {
            case 2, 3 -> version;
            case 1 -> throw new GgufException(Reason.OLD_VERSION, 4, "The file is in version 1 of the GGUF format");
            default -> {
                // A big-endian file of version n reads as n in the number's highest byte.
                int swapped = Integer.reverseBytes(version);
                if (swapped > 0 && swapped < 256)
                    throw new GgufException(Reason.BIG_ENDIAN, 4, "The file is written in big-endian order");
                throw new GgufException(
                        Reason.UNSUPPORTED_VERSION,
                        4,
                        "The file is in version " + Integer.toUnsignedString(version) + " of the GGUF format");
            }
        };
    }

    private static int alignment(Metadata metadata, long at) throws GgufException {
        int alignment = metadata.whole(GgufKeys.ALIGNMENT, Integer.MIN_VALUE, Integer.MAX_VALUE)
                .orElse(DEFAULT_ALIGNMENT);
        if (alignment < 1 || Integer.bitCount(alignment) != 1)
            throw new GgufException(Reason.BAD_ALIGNMENT, at, "The alignment " + alignment + " is no power of two");
        return alignment;
    }
}
