package com.peerllm.orchestrator.admin;

import com.peerllm.orchestrator.accounts.ApiKey;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.KnownHost;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.ledger.AuditReport;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.KeySpending;
import com.peerllm.orchestrator.transparency.LogReport;
import com.peerllm.orchestrator.vouchers.NewVoucher;
import com.peerllm.orchestrator.vouchers.Voucher;
import com.peerllm.orchestrator.vouchers.VoucherTerms;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelManifest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an administrator is shown of accounts, keys, hosts and models: the fields of their JSON. */
final class Descriptions {
    private Descriptions() {}

    static Map<String, Object> of(Balance balance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", balance.account().value());
        if (balance.account().kind().equals("host")) {
            fields.put("pseudonym", new HostId(balance.account().name()).pseudonym());
        }
        fields.put("posted_nanodollars", balance.posted().nanoDollars());
        fields.put("held_nanodollars", balance.held().nanoDollars());
        return fields;
    }

    /** @param gifts what the consumer spends first, when it was ever given any */
    static Map<String, Object> of(Balance balance, Optional<Balance> gifts) {
        Map<String, Object> fields = of(balance);
        gifts.ifPresent(gift -> {
            fields.put("promo_nanodollars", gift.posted().nanoDollars());
            fields.put("promo_held_nanodollars", gift.held().nanoDollars());
        });
        return fields;
    }

    static Map<String, Object> of(Voucher voucher) {
        VoucherTerms terms = voucher.terms();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", voucher.id());
        fields.put("amount_nanodollars", terms.amount().nanoDollars());
        fields.put("promo", terms.gift());
        fields.put("label", terms.label());
        fields.put("made_at", voucher.madeAt().toString());
        terms.expiresAt().ifPresent(at -> fields.put("expires_at", at.toString()));
        terms.giftUntil().ifPresent(at -> fields.put("credits_expire_at", at.toString()));
        voucher.revokedAt().ifPresent(at -> fields.put("revoked_at", at.toString()));
        voucher.redeemedAt().ifPresent(at -> fields.put("redeemed_at", at.toString()));
        voucher.redeemedBy().ifPresent(by -> fields.put("redeemed_by", by.value()));
        return fields;
    }

    static Map<String, Object> of(NewVoucher made) {
        Map<String, Object> fields = of(made.voucher());
        fields.put("code", made.code());
        return fields;
    }

    static Map<String, Object> of(ApiKey key, KeySpending spending, Optional<Instant> lastUsed) {
        KeyTerms terms = key.terms();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key_id", key.id());
        fields.put("account", key.account().value());
        fields.put("label", key.label());
        fields.put("scopes", terms.scopes().stream().map(Scope::word).toList());
        terms.spendLimit().ifPresent(limit -> {
            fields.put("spend_limit_nanodollars", limit.most().nanoDollars());
            fields.put("spend_limit_period", limit.period().word());
        });
        terms.requestsPerMinute().ifPresent(limit -> fields.put("requests_per_minute", limit));
        terms.tokensPerMinute().ifPresent(limit -> fields.put("tokens_per_minute", limit));
        fields.put("created_at", key.createdAt().toString());
        terms.expiresAt().ifPresent(at -> fields.put("expires_at", at.toString()));
        lastUsed.ifPresent(at -> fields.put("last_used_at", at.toString()));
        key.revokedAt().ifPresent(at -> fields.put("revoked_at", at.toString()));
        fields.put("spent_nanodollars", spending.total().nanoDollars());
        fields.put("spent_this_month_nanodollars", spending.thisMonth().nanoDollars());
        fields.put("spent_today_nanodollars", spending.today().nanoDollars());
        fields.put("held_nanodollars", spending.held().nanoDollars());
        return fields;
    }

    static Map<String, Object> of(KnownHost host) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", host.id().value());
        fields.put("pseudonym", host.id().pseudonym());
        fields.put("first_seen_at", host.firstSeenAt().toString());
        host.blockedReason().ifPresent(reason -> fields.put("blocked_reason", reason));
        return fields;
    }

    static Map<String, Object> of(ModelManifest model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", model.id().value());
        fields.put("sha256", model.digest().hex());
        fields.put("size_bytes", model.sizeBytes());
        model.licence().ifPresent(licence -> fields.put("licence", licence));
        fields.put(
                "prompt_nanodollars_per_million",
                model.price().promptPerMillion().nanoDollars());
        fields.put(
                "completion_nanodollars_per_million",
                model.price().completionPerMillion().nanoDollars());
        model.creator().ifPresent(creator -> {
            fields.put("creator", creator.value());
            fields.put("royalty_basis_points", model.royaltyBasisPoints());
        });
        return fields;
    }

    static Map<String, Object> of(AuditReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("clean", report.clean());
        fields.put("transfers", report.transfers());
        fields.put("settlements", report.settlements());
        fields.put("accounts", report.accounts());
        fields.put("open_holds", report.openHolds());
        report.fault().ifPresent(fault -> fields.put("fault", fault));
        return fields;
    }

    static Map<String, Object> of(LogReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("clean", report.clean());
        fields.put("size", report.size());
        fields.put("damaged_files", report.damagedFiles());
        fields.put("damages", report.damages());
        report.contradiction().ifPresent(sentence -> fields.put("contradiction", sentence));
        return fields;
    }
}
