package com.peerllm.host.catalog;

import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a download of a catalogue's variant needs; {@code modelstore} makes its own order of it.
 *
 * @param name for the model, before it is made unique
 * @param from the file
 * @param listing where the publisher lists it, with size and digest
 * @param file its path in the listing
 */
public record CatalogOrder(
        String name, URI from, URI listing, String file, OptionalLong sizeBytes, Optional<ModelDigest> digest) {}
