#include "io/rates_issuers.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace entente {

namespace {

struct IssuerRow {
  std::string_view currency, two, three;
  std::string_view names;  // separated by bars
  int last_year = 9999;
};

// Currencies by ISO 4217, countries by ISO 3166; accession to the euro by the council decisions on each member.
constexpr IssuerRow issuer_rows[] = {
    {"AED", "AE", "ARE", "United Arab Emirates"},
    {"AFN", "AF", "AFG", "Afghanistan|Afghanistan, Islamic Rep. of"},
    {"ALL", "AL", "ALB", "Albania"},
    {"AMD", "AM", "ARM", "Armenia|Armenia, Rep. of"},
    {"AOA", "AO", "AGO", "Angola"},
    {"ARS", "AR", "ARG", "Argentina"},
    {"AUD", "AU", "AUS", "Australia"},
    {"AWG", "AW", "ABW", "Aruba|Aruba, Kingdom of the Netherlands"},
    {"AZN", "AZ", "AZE", "Azerbaijan|Azerbaijan, Rep. of"},
    {"BAM", "BA", "BIH", "Bosnia and Herzegovina"},
    {"BBD", "BB", "BRB", "Barbados"},
    {"BDT", "BD", "BGD", "Bangladesh"},
    {"BGN", "BG", "BGR", "Bulgaria", 2025},
    {"BHD", "BH", "BHR", "Bahrain|Bahrain, Kingdom of"},
    {"BIF", "BI", "BDI", "Burundi"},
    {"BND", "BN", "BRN", "Brunei Darussalam"},
    {"BOB", "BO", "BOL", "Bolivia"},
    {"BRL", "BR", "BRA", "Brazil"},
    {"BSD", "BS", "BHS", "Bahamas, The|The Bahamas"},
    {"BTN", "BT", "BTN", "Bhutan"},
    {"BWP", "BW", "BWA", "Botswana"},
    {"BYN", "BY", "BLR", "Belarus|Belarus, Rep. of"},
    {"BZD", "BZ", "BLZ", "Belize"},
    {"CAD", "CA", "CAN", "Canada"},
    {"CDF", "CD", "COD", "Congo, Dem. Rep.|Congo, Dem. Rep. of the|Congo, Democratic Republic of the"},
    {"CHF", "CH", "CHE", "Switzerland"},
    {"CLP", "CL", "CHL", "Chile"},
    {"CNY", "CN", "CHN", "China|China, P.R.: Mainland|China, People's Republic of"},
    {"COP", "CO", "COL", "Colombia"},
    {"CRC", "CR", "CRI", "Costa Rica"},
    {"CUP", "CU", "CUB", "Cuba"},
    {"CVE", "CV", "CPV", "Cabo Verde"},
    {"CZK", "CZ", "CZE", "Czechia|Czech Republic|Czech Rep."},
    {"DJF", "DJ", "DJI", "Djibouti"},
    {"DKK", "DK", "DNK", "Denmark"},
    {"DOP", "DO", "DOM", "Dominican Republic|Dominican Rep."},
    {"DZD", "DZ", "DZA", "Algeria"},
    {"EGP", "EG", "EGY", "Egypt, Arab Rep.|Egypt, Arab Republic of|Egypt"},
    {"ERN", "ER", "ERI", "Eritrea|Eritrea, The State of"},
    {"ETB", "ET", "ETH", "Ethiopia|Ethiopia, The Federal Dem. Rep. of"},
    {"EUR", "XC", "EMU", "Euro area|Euro Area (EA)|EA|U2"},
    {"FJD", "FJ", "FJI", "Fiji|Fiji, Rep. of|Fiji, Republic of"},
    {"GBP", "GB", "GBR", "United Kingdom"},
    {"GEL", "GE", "GEO", "Georgia"},
    {"GHS", "GH", "GHA", "Ghana"},
    {"GMD", "GM", "GMB", "Gambia, The"},
    {"GNF", "GN", "GIN", "Guinea"},
    {"GTQ", "GT", "GTM", "Guatemala"},
    {"GYD", "GY", "GUY", "Guyana"},
    {"HKD", "HK", "HKG", "Hong Kong SAR, China|China, P.R.: Hong Kong|Hong Kong SAR|Hong Kong Special Administrative Region, People's Republic of China"},
    {"HNL", "HN", "HND", "Honduras"},
    {"HTG", "HT", "HTI", "Haiti"},
    {"HUF", "HU", "HUN", "Hungary"},
    {"IDR", "ID", "IDN", "Indonesia"},
    {"ILS", "IL", "ISR", "Israel"},
    {"INR", "IN", "IND", "India"},
    {"IQD", "IQ", "IRQ", "Iraq"},
    {"IRR", "IR", "IRN", "Iran, Islamic Rep.|Iran, Islamic Rep. of|Iran, Islamic Republic of"},
    {"ISK", "IS", "ISL", "Iceland"},
    {"JMD", "JM", "JAM", "Jamaica"},
    {"JOD", "JO", "JOR", "Jordan"},
    {"JPY", "JP", "JPN", "Japan"},
    {"KES", "KE", "KEN", "Kenya"},
    {"KGS", "KG", "KGZ", "Kyrgyz Republic|Kyrgyz Rep."},
    {"KHR", "KH", "KHM", "Cambodia"},
    {"KMF", "KM", "COM", "Comoros|Comoros, Union of the"},
    {"KRW", "KR", "KOR", "Korea, Rep.|Korea, Rep. of|Korea, Republic of|Korea|South Korea"},
    {"KWD", "KW", "KWT", "Kuwait"},
    {"KZT", "KZ", "KAZ", "Kazakhstan|Kazakhstan, Rep. of|Kazakhstan, Republic of"},
    {"LAK", "LA", "LAO", "Lao PDR|Lao P.D.R.|Lao People's Dem. Rep.|Lao People's Democratic Republic"},
    {"LBP", "LB", "LBN", "Lebanon"},
    {"LKR", "LK", "LKA", "Sri Lanka"},
    {"LRD", "LR", "LBR", "Liberia"},
    {"LSL", "LS", "LSO", "Lesotho|Lesotho, Kingdom of"},
    {"LYD", "LY", "LBY", "Libya"},
    {"MAD", "MA", "MAR", "Morocco"},
    {"MDL", "MD", "MDA", "Moldova|Moldova, Rep. of|Moldova, Republic of"},
    {"MGA", "MG", "MDG", "Madagascar|Madagascar, Rep. of|Madagascar, Republic of"},
    {"MKD", "MK", "MKD", "North Macedonia|North Macedonia, Republic of"},
    {"MMK", "MM", "MMR", "Myanmar"},
    {"MNT", "MN", "MNG", "Mongolia"},
    {"MOP", "MO", "MAC", "Macao SAR, China|China, P.R.: Macao|Macao SAR"},
    {"MRU", "MR", "MRT", "Mauritania|Mauritania, Islamic Rep. of|Mauritania, Islamic Republic of"},
    {"MUR", "MU", "MUS", "Mauritius"},
    {"MVR", "MV", "MDV", "Maldives"},
    {"MWK", "MW", "MWI", "Malawi"},
    {"MXN", "MX", "MEX", "Mexico"},
    {"MYR", "MY", "MYS", "Malaysia"},
    {"MZN", "MZ", "MOZ", "Mozambique|Mozambique, Rep. of|Mozambique, Republic of"},
    {"NAD", "NA", "NAM", "Namibia"},
    {"NGN", "NG", "NGA", "Nigeria"},
    {"NIO", "NI", "NIC", "Nicaragua"},
    {"NOK", "NO", "NOR", "Norway"},
    {"NPR", "NP", "NPL", "Nepal"},
    {"NZD", "NZ", "NZL", "New Zealand"},
    {"OMR", "OM", "OMN", "Oman"},
    {"PAB", "PA", "PAN", "Panama"},
    {"PEN", "PE", "PER", "Peru"},
    {"PGK", "PG", "PNG", "Papua New Guinea"},
    {"PHP", "PH", "PHL", "Philippines"},
    {"PKR", "PK", "PAK", "Pakistan"},
    {"PLN", "PL", "POL", "Poland|Poland, Rep. of|Poland, Republic of"},
    {"PYG", "PY", "PRY", "Paraguay"},
    {"QAR", "QA", "QAT", "Qatar"},
    {"RON", "RO", "ROU", "Romania"},
    {"RSD", "RS", "SRB", "Serbia|Serbia, Rep. of|Serbia, Republic of"},
    {"RUB", "RU", "RUS", "Russian Federation|Russia"},
    {"RWF", "RW", "RWA", "Rwanda"},
    {"SAR", "SA", "SAU", "Saudi Arabia"},
    {"SBD", "SB", "SLB", "Solomon Islands"},
    {"SCR", "SC", "SYC", "Seychelles"},
    {"SDG", "SD", "SDN", "Sudan"},
    {"SEK", "SE", "SWE", "Sweden"},
    {"SGD", "SG", "SGP", "Singapore"},
    {"SLE", "SL", "SLE", "Sierra Leone"},
    {"SOS", "SO", "SOM", "Somalia"},
    {"SRD", "SR", "SUR", "Suriname"},
    {"SSP", "SS", "SSD", "South Sudan|South Sudan, Rep. of|South Sudan, Republic of"},
    {"STN", "ST", "STP", "Sao Tome and Principe|São Tomé and Príncipe, Dem. Rep. of"},
    {"SYP", "SY", "SYR", "Syrian Arab Republic|Syrian Arab Rep."},
    {"SZL", "SZ", "SWZ", "Eswatini|Eswatini, Kingdom of"},
    {"THB", "TH", "THA", "Thailand"},
    {"TJS", "TJ", "TJK", "Tajikistan|Tajikistan, Rep. of|Tajikistan, Republic of"},
    {"TMT", "TM", "TKM", "Turkmenistan"},
    {"TND", "TN", "TUN", "Tunisia"},
    {"TOP", "TO", "TON", "Tonga"},
    {"TRY", "TR", "TUR", "Turkiye|Türkiye|Türkiye, Rep. of|Türkiye, Republic of|Turkey"},
    {"TTD", "TT", "TTO", "Trinidad and Tobago"},
    {"TWD", "TW", "TWN", "Taiwan Province of China|Taiwan"},
    {"TZS", "TZ", "TZA", "Tanzania|Tanzania, United Rep. of|Tanzania, United Republic of"},
    {"UAH", "UA", "UKR", "Ukraine"},
    {"UGX", "UG", "UGA", "Uganda"},
    {"USD", "US", "USA", "United States"},
    {"UYU", "UY", "URY", "Uruguay"},
    {"UZS", "UZ", "UZB", "Uzbekistan|Uzbekistan, Rep. of|Uzbekistan, Republic of"},
    {"VND", "VN", "VNM", "Viet Nam|Vietnam"},
    {"VUV", "VU", "VUT", "Vanuatu"},
    {"WST", "WS", "WSM", "Samoa"},
    {"XAF", "CM", "CMR", "Cameroon|Central African Economic and Monetary Community|CEMAC"},
    {"XCD", "KN", "KNA", "St. Kitts and Nevis|Eastern Caribbean Currency Union (ECCU)|ECCU"},
    {"XOF", "SN", "SEN", "Senegal|West African Economic and Monetary Union (WAEMU)|WAEMU"},
    {"YER", "YE", "YEM", "Yemen, Rep.|Yemen, Rep. of|Yemen, Republic of|Yemen"},
    {"ZAR", "ZA", "ZAF", "South Africa"},
    {"ZMW", "ZM", "ZMB", "Zambia"},
    // The euro area's members before they joined.
    {"ATS", "AT", "AUT", "Austria", 1998},
    {"BEF", "BE", "BEL", "Belgium", 1998},
    {"CYP", "CY", "CYP", "Cyprus", 2007},
    {"DEM", "DE", "DEU", "Germany", 1998},
    {"EEK", "EE", "EST", "Estonia|Estonia, Rep. of|Estonia, Republic of", 2010},
    {"ESP", "ES", "ESP", "Spain", 1998},
    {"FIM", "FI", "FIN", "Finland", 1998},
    {"FRF", "FR", "FRA", "France", 1998},
    {"GRD", "GR", "GRC", "Greece", 2000},
    {"HRK", "HR", "HRV", "Croatia|Croatia, Rep. of|Croatia, Republic of", 2022},
    {"IEP", "IE", "IRL", "Ireland", 1998},
    {"ITL", "IT", "ITA", "Italy", 1998},
    {"LTL", "LT", "LTU", "Lithuania|Lithuania, Rep. of|Lithuania, Republic of", 2014},
    {"LUF", "LU", "LUX", "Luxembourg", 1998},
    {"LVL", "LV", "LVA", "Latvia|Latvia, Rep. of|Latvia, Republic of", 2013},
    {"MTL", "MT", "MLT", "Malta", 2007},
    {"NLG", "NL", "NLD", "Netherlands|Netherlands, The", 1998},
    {"PTE", "PT", "PRT", "Portugal", 1998},
    {"SIT", "SI", "SVN", "Slovenia|Slovenia, Rep. of|Slovenia, Republic of", 2006},
    {"SKK", "SK", "SVK", "Slovak Republic|Slovak Rep.", 2008},
};

struct CurrencyName {
  std::string_view name, currency;
};

// The names in the IMF's table of representative rates, now and in past years.
constexpr CurrencyName currency_names[] = {
    {"Algerian dinar", "DZD"},     {"Argentine peso", "ARS"},      {"Australian dollar", "AUD"}, {"Bahrain dinar", "BHD"},
    {"Bahraini dinar", "BHD"},     {"Bolivar Fuerte", "VEF"},      {"Botswana pula", "BWP"},     {"Brazilian real", "BRL"},
    {"Brunei dollar", "BND"},      {"Canadian dollar", "CAD"},     {"Chilean peso", "CLP"},      {"Chinese yuan", "CNY"},
    {"Colombian peso", "COP"},     {"Czech koruna", "CZK"},        {"Danish krone", "DKK"},      {"Euro", "EUR"},
    {"Hungarian forint", "HUF"},   {"Icelandic krona", "ISK"},     {"Indian rupee", "INR"},      {"Indonesian rupiah", "IDR"},
    {"Iranian rial", "IRR"},       {"Israeli New Shekel", "ILS"},  {"Israeli sheqel", "ILS"},    {"Japanese yen", "JPY"},
    {"Kazakhstani tenge", "KZT"},  {"Korean won", "KRW"},          {"Kuwaiti dinar", "KWD"},     {"Libyan dinar", "LYD"},
    {"Malaysian ringgit", "MYR"},  {"Mauritian rupee", "MUR"},     {"Mexican peso", "MXN"},      {"Moroccan dirham", "MAD"},
    {"Nepalese rupee", "NPR"},     {"New Zealand dollar", "NZD"},  {"Norwegian krone", "NOK"},   {"Omani rial", "OMR"},
    {"Pakistani rupee", "PKR"},    {"Peruvian sol", "PEN"},        {"Philippine peso", "PHP"},   {"Polish zloty", "PLN"},
    {"Qatari riyal", "QAR"},       {"Romanian leu", "RON"},        {"Russian ruble", "RUB"},     {"Saudi Arabian riyal", "SAR"},
    {"Singapore dollar", "SGD"},   {"South African rand", "ZAR"},  {"Sri Lankan rupee", "LKR"},  {"Swedish krona", "SEK"},
    {"Swiss franc", "CHF"},        {"Thai baht", "THB"},           {"Trinidadian dollar", "TTD"}, {"Tunisian dinar", "TND"},
    {"U.A.E. dirham", "AED"},      {"U.K. pound", "GBP"},          {"U.S. dollar", "USD"},       {"Uruguayan peso", "UYU"},
    {"Vietnamese dong", "VND"},
};

/// Letters and digits alone, ASCII in small letters, so that "Korea, Rep. of" and "KOREA REP OF" are one.
std::string issuer_key(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) key += c;
  }
  return key;
}

Currency issued(std::string_view code) { return {{code[0], code[1], code[2]}}; }

std::unordered_map<std::string, Issuer> issuers_by_name() {
  std::unordered_map<std::string, Issuer> issuers;
  for (const IssuerRow& row : issuer_rows) {
    const Issuer issuer{issued(row.currency), row.last_year};
    issuers.emplace(issuer_key(row.two), issuer);
    issuers.emplace(issuer_key(row.three), issuer);
    for (std::size_t begin = 0; begin <= row.names.size();) {
      const std::size_t end = std::min(row.names.find('|', begin), row.names.size());
      issuers.emplace(issuer_key(row.names.substr(begin, end - begin)), issuer);
      begin = end + 1;
    }
  }
  return issuers;
}

}  // namespace

std::optional<Issuer> issuer_of(std::string_view country) {
  static const auto issuers = issuers_by_name();
  const auto found = issuers.find(issuer_key(country));
  return found == issuers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Currency> currency_named(std::string_view name) {
  const std::string key = issuer_key(name);
  for (const CurrencyName& known : currency_names) {
    if (issuer_key(known.name) == key) return issued(known.currency);
  }
  return std::nullopt;
}

}  // namespace entente
