package com.peerllm.desktop.models;

import com.peerllm.host.HostModels;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Downloads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What Models watches of the host and asks of it.
 *
 * @param catalog published models with what to expect of them here
 * @param catalogWrittenAt when that catalogue was signed
 * @param order what to fetch for one file of the catalogue; pure
 * @param recentPay what hosts of each model were paid; empty while the network did not say
 * @param askRecentPay returns at once; asks the network when the last answer is old
 * @param showFolder shows a file's folder in the operating system's own program
 * @param openPage shows a page of the web in the person's browser
 */
public record ModelsSource(
        HostModels models,
        Downloads downloads,
        Signal<List<CatalogOffer>> catalog,
        Signal<Instant> catalogWrittenAt,
        BiFunction<CatalogModel, CatalogVariant, Downloads.Order> order,
        Signal<Optional<RecentPay>> recentPay,
        Runnable askRecentPay,
        Consumer<Path> showFolder,
        Consumer<URI> openPage) {}
