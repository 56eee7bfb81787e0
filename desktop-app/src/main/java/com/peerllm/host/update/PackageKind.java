package com.peerllm.host.update;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of package in which the program is published. */
public enum PackageKind {
    TAR_GZ("tar.gz"),
    DEB("deb"),
    RPM("rpm"),
    MSI("msi"),
    DMG("dmg");

    private final String word;

    PackageKind(String word) {
        this.word = word;
    }

    /** The ending of its files, which also names it. */
    @JsonValue
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException when there is none of this name */
    @JsonCreator
    static PackageKind of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("No kind of package: " + word));
    }

    static Optional<PackageKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The kind of a file by its name. */
    static Optional<PackageKind> ofFile(String name) {
        return Arrays.stream(values())
                .filter(kind -> name.endsWith("." + kind.word))
                .findFirst();
    }
}
