package com.peerllm.host.update;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the program, ordered as Semantic Versioning 2.0.0 (semver.org, section 11) orders them: by the three numbers,
 * then a version with a pre-release part before the one without.
 *
 * @param preRelease its parts, such as {@code rc} and {@code 1}; empty in a release
 */
public record Version(int major, int minor, int patch, List<String> preRelease) implements Comparable<Version> {
    private static final int MOST_LENGTH = 64;
    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})"
                    + "(?:-((?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*))*))?");

    public Version {
        preRelease = List.copyOf(preRelease);
    }

    /** @throws IllegalArgumentException when it is no version; build metadata is none here */
    @JsonCreator
    public static Version of(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("Not a version, such as 1.2.3: " + text));
    }

    /** Nothing when it is no version. */
    public static Optional<Version> find(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > MOST_LENGTH || !parts.matches()) return Optional.empty();
        List<String> before =
                parts.group(4) == null ? List.of() : List.of(parts.group(4).split("\\."));
        return Optional.of(new Version(number(parts, 1), number(parts, 2), number(parts, 3), before));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    public boolean isNewerThan(Version other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Version other) {
        if (major != other.major) return Integer.compare(major, other.major);
        if (minor != other.minor) return Integer.compare(minor, other.minor);
        if (patch != other.patch) return Integer.compare(patch, other.patch);
        if (preRelease.isEmpty() || other.preRelease.isEmpty())
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
            int part = comparePart(preRelease.get(i), other.preRelease.get(i));
            if (part != 0) return part;
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int comparePart(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) return number ? -1 : 1;
        return number ? Integer.compare(Integer.parseInt(one), Integer.parseInt(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(Character::isDigit);
    }

    @Override
    @JsonValue
    public String toString() {
        String numbers = major + "." + minor + "." + patch;
        return preRelease.isEmpty() ? numbers : numbers + "-" + String.join(".", preRelease);
    }
}
