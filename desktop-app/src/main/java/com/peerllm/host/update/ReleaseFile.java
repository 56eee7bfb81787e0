package com.peerllm.host.update;

import com.peerllm.shared.model.ModelDigest;

/**
 * One package of a release.
 *
 * @param os see {@link TargetSystem}
 * @param url where it is, relative to the manifest or with {@code https}
 * @param sha256 of the file
 */
public record ReleaseFile(String os, String arch, PackageKind kind, String url, long sizeBytes, ModelDigest sha256) {

    boolean isFor(TargetSystem system, PackageKind wanted) {
        return kind == wanted && os.equals(system.os()) && arch.equals(system.arch());
    }

    /** The name under which it is kept here. */
    public String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
