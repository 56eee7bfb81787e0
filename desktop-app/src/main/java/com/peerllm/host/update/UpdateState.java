package com.peerllm.host.update;

import java.time.Instant;
import java.util.Optional;

/** Where this program stands with newer versions of itself. */
public sealed interface UpdateState {

    /** This build does not know where newer versions are. */
    record NoAddress() implements UpdateState {}

    /** Nobody has looked for a newer version, or what was seen is out of date. */
    record NotLooked() implements UpdateState {}

    record Looking() implements UpdateState {}

    /** @param lookedAt when this was the newest version */
    record UpToDate(Instant lookedAt) implements UpdateState {}

    /**
     * @param file that fits this computer; nothing when the program was not installed from a package
     * @param needed whether the maintainers look after this version no more
     */
    record Available(Release release, Optional<ReleaseFile> file, boolean needed) implements UpdateState {}

    /** The person wants it, and something else comes first; the sentence says what. */
    record Waiting(Release release, String why) implements UpdateState {}

    record Downloading(Release release, long receivedBytes, long totalBytes) implements UpdateState {}

    /** Ready to come into use. */
    record Staged(Release release, ReleaseFile file, Way way) implements UpdateState {}

    /** The system installs it. */
    record Installing(Release release) implements UpdateState {}

    /** The next start of the program has it. */
    record Applied(Release release) implements UpdateState {}

    /** What was offered is not taken; nothing changed. */
    record Refused(String sentence) implements UpdateState {}

    /** Nobody answers at the address. */
    record Unreachable(String sentence) implements UpdateState {}

    /** A version is there and did not come onto this computer; the person may try again. */
    record Failed(Release release, String sentence) implements UpdateState {}
}
