package com.peerllm.installer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person downloads. */
enum PackageType {
    APP_IMAGE("app-image", Platform.values()),
    TAR_GZ("tar.gz", Platform.LINUX),
    DEB("deb", Platform.LINUX),
    RPM("rpm", Platform.LINUX),
    MSI("msi", Platform.WINDOWS),
    DMG("dmg", Platform.MACOS);

    private final String word;
    private final List<Platform> platforms;

    PackageType(String word, Platform... platforms) {
        this.word = word;
        this.platforms = List.of(platforms);
    }

    /** As it is typed, as jpackage calls it, and as the installed program learns how it was installed. */
    String word() {
        return word;
    }

    /** @param words one or more, with commas; {@code all} for every one of the platform */
    static List<PackageType> parse(String words, Platform platform) {
        if (words.equals("all"))
            return Stream.of(values())
                    .filter(type -> type.platforms.contains(platform))
                    .toList();
        return Stream.of(words.split(",")).map(word -> one(word, platform)).toList();
    }

    private static PackageType one(String word, Platform platform) {
        return Stream.of(values())
                .filter(type -> type.word.equals(word) && type.platforms.contains(platform))
                .findFirst()
                .orElseThrow(() -> new PackagingException("There is no package of type " + word
                        + " on this operating system. There is: "
                        + Arrays.stream(values())
                                .filter(type -> type.platforms.contains(platform))
                                .map(PackageType::word)
                                .collect(Collectors.joining(", "))
                        + ", all."));
    }
}
