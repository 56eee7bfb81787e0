package com.peerllm.host.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what a signed manifest means for this computer. Pure. */
final class UpdateRules {
    /** Clocks differ, and not more than this. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofDays(1);

    private UpdateRules() {}

    /** What it means. */
    sealed interface Verdict {
        /** This version is the newest. */
        record Newest() implements Verdict {}

        /**
         * @param file that fits this computer; nothing when the program was not installed from a package
         * @param needed whether the maintainers look after this version no more
         */
        record Newer(Release release, Optional<ReleaseFile> file, boolean needed) implements Verdict {}

        record Refused(String sentence) implements Verdict {}
    }

    /** @param seen when the newest manifest was published that this computer has taken before */
    static Verdict judge(Release release, Installation here, Optional<Instant> seen, Instant now) {
        if (!release.expiresAt().isAfter(now))
            return refused("The list of versions ran out on " + release.expiresAt()
                    + ": whoever serves it may be holding newer ones back, or the clock of this computer is wrong. Check"
                    + " the clock, and try again later.");
        if (release.publishedAt().isAfter(now.plus(CLOCK_DIFFERENCE)))
            return refused("The list of versions was published on " + release.publishedAt()
                    + ", which has not come yet. Check the clock of this computer.");
        if (seen.isPresent() && release.publishedAt().isBefore(seen.get()))
            return refused(
                    "The list of versions is of " + release.publishedAt() + ", and one of " + seen.get()
                            + " was seen here before: whoever serves it went back in time. Nothing was taken; try again later.");
        if (here.version().isEmpty()) return new Verdict.Newer(release, Optional.empty(), false);
        return judge(release, here, here.version().get());
    }

    private static Verdict judge(Release release, Installation here, Version installed) {
        if (release.version().equals(installed)) return new Verdict.Newest();
        if (!release.version().isNewerThan(installed))
            return refused("The list of versions offers " + release.version() + ", and this is the newer " + installed
                    + ": an older version is never taken. If you want it, install it yourself.");
        boolean needed = release.oldestSupported().isNewerThan(installed);
        if (here.kind().isEmpty()) return new Verdict.Newer(release, Optional.empty(), needed);
        PackageKind kind = here.kind().get();
        Optional<ReleaseFile> file = release.files().stream()
                .filter(one -> one.isFor(here.system(), kind))
                .findFirst();
        if (file.isEmpty())
            return refused("Version " + release.version() + " has no " + kind.word() + " package for this computer ("
                    + here.system() + "). It stays as it is; look at the notes of that version.");
        return new Verdict.Newer(release, file, needed);
    }

    private static Verdict refused(String sentence) {
        return new Verdict.Refused(sentence);
    }
}
