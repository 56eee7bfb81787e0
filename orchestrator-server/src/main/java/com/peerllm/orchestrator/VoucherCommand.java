package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.vouchers.VoucherTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Vouchers: make some (their codes are shown once), list, take back. */
@Command(name = "voucher", mixinStandardHelpOptions = true, description = "Make, list and revoke vouchers.")
final class VoucherCommand {
    private static final int MOST_LISTED = 1_000;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Make vouchers; their codes are printed once, one a line, and kept nowhere.")
    int create(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "USD", description = "What each is worth.") String amount,
            @Option(names = "--count", defaultValue = "1", description = "How many, at most 1000.") int count,
            @Option(names = "--promo", description = "A gift: spent first, on answers only, never paid out.")
                    boolean promo,
            @Option(
                            names = "--expires",
                            paramLabel = "WHEN",
                            description = "Until when they can be redeemed. " + AccountCommand.EXPIRES)
                    Optional<String> expires,
            @Option(names = "--credits-expire", paramLabel = "WHEN", description = "Until when a gift can be spent.")
                    Optional<String> creditsExpire,
            @Option(names = "--label", defaultValue = "", description = "Your word for them.") String label) {
        VoucherTerms terms;
        try {
            terms = new VoucherTerms(
                    AdminSubcommand.amount(amount),
                    promo,
                    KeyOptions.moment(expires),
                    KeyOptions.moment(creditsExpire),
                    label);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
        return admin.run(
                new AdminCommand.CreateVouchers(count, terms),
                answer -> answer.path("vouchers")
                        .forEach(voucher -> admin.print(voucher.path("code").asString())));
    }

    @Command(mixinStandardHelpOptions = true, description = "List vouchers, without their codes.")
    int list(
            @Mixin AdminSubcommand admin,
            @Option(names = "--after", paramLabel = "ID", description = "Begin behind this one.")
                    Optional<String> after) {
        return admin.run(
                new AdminCommand.ListVouchers(after, MOST_LISTED),
                answer -> answer.path("vouchers").forEach(voucher -> admin.print(line(voucher))));
    }

    @Command(mixinStandardHelpOptions = true, description = "Make a voucher worthless that nobody has redeemed.")
    int revoke(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "VOUCHER-ID") String id) {
        return admin.run(new AdminCommand.RevokeVoucher(id), answer -> admin.print("Revoked " + id));
    }

    private static String line(JsonNode voucher) {
        List<String> words = new ArrayList<>();
        words.add(voucher.path("id").asString());
        words.add(AdminSubcommand.dollars(voucher.path("amount_nanodollars"))
                + (voucher.path("promo").asBoolean() ? " promo" : ""));
        words.add("made " + voucher.path("made_at").asString());
        if (voucher.has("expires_at"))
            words.add("expires " + voucher.path("expires_at").asString());
        if (voucher.has("revoked_at"))
            words.add("revoked " + voucher.path("revoked_at").asString());
        if (voucher.has("redeemed_at")) {
            words.add("redeemed " + voucher.path("redeemed_at").asString() + " by "
                    + voucher.path("redeemed_by").asString());
        }
        words.add(voucher.path("label").asString());
        return String.join("  ", words);
    }
}
