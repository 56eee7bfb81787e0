package com.peerllm.host.modelstore;

import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file on its way to this computer.
 *
 * @param id unique on this computer and kept over restarts
 * @param name of the model that it becomes
 * @param from where it comes from
 * @param to where it goes when it is whole and proven
 * @param sizeBytes of the whole file, once known
 * @param digest that it must have, once known
 * @param receivedBytes that are on the disk already
 */
public record Download(
        String id,
        String name,
        URI from,
        Path to,
        OptionalLong sizeBytes,
        Optional<ModelDigest> digest,
        long receivedBytes,
        State state) {

    /** Where a download stands. */
    public sealed interface State {
        /** Others come first, or the program has just started. */
        record Waiting() implements State {}

        /** The publisher is asked for size and digest. */
        record Asking() implements State {}

        /** @param left as the speed is now; empty while it is not known */
        record Running(long bytesPerSecond, Optional<Duration> left) implements State {}

        /** @param readBytes of the file that are checked already */
        record Verifying(long readBytes) implements State {}

        record PausedByPerson() implements State {}

        /** It goes on by itself after {@code retryIn}; the sentence says why it stands. */
        record Retrying(String sentence, Duration retryIn) implements State {}

        /** Somebody must do something; what is there already is kept. */
        record Failed(String sentence) implements State {}

        /** The model is in the store. */
        record Done(String model) implements State {}
    }
}
