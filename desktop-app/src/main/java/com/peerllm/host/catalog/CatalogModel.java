package com.peerllm.host.catalog;

import java.util.List;

/**
 * A published model that a host may download.
 *
 * @param id short and unique in the catalogue, such as {@code qwen2.5-0.5b-instruct}
 * @param name for people
 * @param family such as {@code Qwen}
 * @param publisher who made the model
 * @param about one plain sentence: what it is good for
 * @param licence SPDX identifier, or the publisher's name of the licence
 * @param licenceUrl its text
 * @param repository on the hub, {@code owner/name}
 * @param architecture what decides its memory and speed, from the publisher's configuration
 * @param variants of the same model, the recommended one first
 */
public record CatalogModel(
        String id,
        String name,
        String family,
        String publisher,
        String about,
        String licence,
        String licenceUrl,
        String repository,
        CatalogArchitecture architecture,
        List<CatalogVariant> variants) {
    public CatalogModel {
        variants = List.copyOf(variants);
    }

    CatalogModel with(List<CatalogVariant> others) {
        return new CatalogModel(
                id, name, family, publisher, about, licence, licenceUrl, repository, architecture, others);
    }
}
