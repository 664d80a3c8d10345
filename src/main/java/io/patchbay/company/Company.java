package io.patchbay.company;

import java.time.ZoneId;
import java.util.Locale;

/**
 * A customer of the hub.
 *
 * @param region   ISO 3166 code of the country whose number plan reads numbers without a country code, e.g. {@code RU}
 * @param zone     where the company's wall clock hangs; used at the edges only
 * @param language of texts written into connected systems
 */
public record Company(CompanyId id, String title, String region, ZoneId zone, Locale language) {}
