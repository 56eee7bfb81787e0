package com.peerllm.host.catalog;

import com.peerllm.shared.model.ModelDigest;
import java.util.Optional;

/**
 * A file as its publisher lists it.
 *
 * @param path in the repository
 * @param digest SHA-256 of the content; absent for a file that is not kept in Git LFS, whose listing has no such digest
 */
public record ListedFile(String path, long sizeBytes, Optional<ModelDigest> digest) {}
