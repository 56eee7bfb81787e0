package com.peerllm.host.update;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest version of the program, as a maintainer signed it.
 *
 * @param format of the file; this program reads {@link #FORMAT}
 * @param publishedAt an older manifest never replaces a newer one
 * @param expiresAt after it nobody believes that this is still the newest; the maintainers sign anew before
 * @param oldestSupported versions before it are not looked after any more, and may not be admitted to networks
 */
public record Release(
        int format,
        Version version,
        Instant publishedAt,
        Instant expiresAt,
        Notes notes,
        Version oldestSupported,
        List<ReleaseFile> files) {
    public static final int FORMAT = 1;

    public Release {
        files = List.copyOf(files);
    }

    /**
     * What is new.
     *
     * @param text a few sentences
     * @param page with all of it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Notes(String text, Optional<URI> page) {
        public Notes {
            page = page == null ? Optional.empty() : page;
        }
    }
}
