package com.peerllm.desktop.models;

import com.peerllm.desktop.models.VariantFace.Way;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.RecentPayWording;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.modelstore.Download;
import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Puts an entry of the catalogue into words. */
final class CatalogWording {
    private final Messages messages;
    private final Numbers numbers;
    private final FitWording fits;
    private final RecentPayWording paid;

    CatalogWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
        fits = new FitWording(messages);
        paid = new RecentPayWording(messages);
    }

    CatalogFace of(CatalogOffer offer, Whereabouts whereabouts, Optional<RecentPay> recentPay) {
        CatalogModel model = offer.model();
        List<VariantFace> variants = new ArrayList<>();
        for (int i = 0; i < model.variants().size(); i++) {
            variants.add(variant(
                    model.variants().get(i),
                    offer.advice().get(i),
                    whereabouts.of(model, model.variants().get(i))));
        }
        int first = best(offer);
        VariantFace best = variants.remove(first);
        Optional<ModelDigest> digest = whereabouts.digest(model.variants().get(first));
        return new CatalogFace(
                model.name(),
                messages.text("models.catalog.origin", model.publisher(), model.family()),
                model.about(),
                model.licence(),
                Optional.of(model.licenceUrl()).filter(url -> !url.isBlank()),
                offer.recommended(),
                best,
                paid.of(recentPay.flatMap(told -> digest.flatMap(told::of))),
                variants);
    }

    /** The first that is quick here, else the first that may run, else the catalogue's own choice. */
    static int best(CatalogOffer offer) {
        return first(offer, advice -> advice.badge() == FitAdvice.Badge.GREAT)
                .orElseGet(() -> first(offer, advice -> advice.badge() != FitAdvice.Badge.TOO_BIG)
                        .orElse(0));
    }

    private static OptionalInt first(CatalogOffer offer, Predicate<FitAdvice> wanted) {
        return IntStream.range(0, offer.advice().size())
                .filter(i -> wanted.test(offer.advice().get(i)))
                .findFirst();
    }

    private VariantFace variant(CatalogVariant variant, FitAdvice advice, Whereabouts.Place place) {
        return new VariantFace(
                variant.file(),
                variant.quantization(),
                size(variant.sizeBytes()),
                fits.of(advice),
                fits.speed(advice),
                switch (place) {
                    case Whereabouts.Published _ -> Way.DOWNLOAD;
                    case Whereabouts.OnItsWay _ -> Way.ON_ITS_WAY;
                    case Whereabouts.Here _ -> Way.HERE;
                },
                switch (place) {
                    case Whereabouts.Published _ -> "";
                    case Whereabouts.OnItsWay(Download download) -> onItsWay(download);
                    case Whereabouts.Here _ -> messages.text("models.catalog.here");
                });
    }

    private String size(OptionalLong bytes) {
        return bytes.isPresent() ? numbers.size(bytes.getAsLong()) : messages.text("models.catalog.sizeUnread");
    }

    private String onItsWay(Download download) {
        if (download.state() instanceof Download.State.Failed) return messages.text("models.catalog.stopped");
        if (download.sizeBytes().isEmpty() || download.receivedBytes() == 0) {
            return messages.text("models.catalog.onItsWay");
        }
        double share = Math.min(
                1, (double) download.receivedBytes() / download.sizeBytes().getAsLong());
        return messages.text("models.catalog.onItsWay.share", numbers.percent(share));
    }
}
