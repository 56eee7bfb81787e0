package com.peerllm.host.update;

import com.peerllm.host.published.SafeAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a manifest must be like to be signed, and to be taken. Pure. */
final class ReleaseRules {
    private static final int MOST_FILES = 100;
    private static final int MOST_NOTES = 4000;
    private static final long MOST_FILE_BYTES = 4L << 30;
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,20}");
    private static final Pattern RELATIVE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,120}");

    private ReleaseRules() {}

    /** @throws InvalidRelease with what is wrong with it */
    static void check(Release release) {
        require(
                release.format() == Release.FORMAT,
                "it has format " + release.format() + ", and this program reads format " + Release.FORMAT);
        require(release.expiresAt().isAfter(release.publishedAt()), "it runs out before it is published");
        require(
                !release.oldestSupported().isNewerThan(release.version()),
                "the oldest supported version is newer than the version itself");
        require(release.files().size() <= MOST_FILES, "it has more files than a release can have");
        checkNotes(release.notes());
        Set<String> seen = new HashSet<>();
        for (ReleaseFile file : release.files()) {
            check(file);
            require(
                    seen.add(file.os() + " " + file.arch() + " " + file.kind()),
                    "it has two packages of a kind for " + file.os() + " " + file.arch());
        }
    }

    private static void checkNotes(Release.Notes notes) {
        boolean plain = notes.text().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c));
        require(notes.text().length() <= MOST_NOTES && plain, "its notes are too long, or no plain text");
        require(
                notes.page().isEmpty() || SafeAddress.isSafe(notes.page().get()),
                "the page of its notes is no https address");
    }

    private static void check(ReleaseFile file) {
        require(
                WORD.matcher(file.os()).matches() && WORD.matcher(file.arch()).matches(),
                "a file is for a system that cannot be");
        boolean address = RELATIVE.matcher(file.url()).matches()
                || SafeAddress.of(file.url())
                        .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null)
                        .isPresent();
        require(address && FILE_NAME.matcher(file.name()).matches(), "the address of a file is none: " + file.url());
        require(
                file.name().endsWith("." + file.kind().word()),
                "a file has another ending than its kind: " + file.name());
        require(file.sizeBytes() > 0 && file.sizeBytes() <= MOST_FILE_BYTES, "a file has a size that cannot be");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new InvalidRelease(otherwise);
    }

    /** Where a file of a manifest is; an encrypted manifest has encrypted files only. */
    static URI address(URI manifest, ReleaseFile file) {
        URI address = manifest.resolve(file.url());
        boolean weaker = "https".equals(manifest.getScheme()) && !"https".equals(address.getScheme());
        require(SafeAddress.isSafe(address) && !weaker, "the address of a file is not encrypted: " + address);
        return address;
    }
}
