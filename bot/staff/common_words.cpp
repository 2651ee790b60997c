#include "bot/staff/common_words.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::staff {
namespace {

/// The words most seen in leaked lists, and what officials of a city would add: places, bureaus, years of service.
auto sorted_words() {
  std::array words = std::to_array<std::string_view>({
      "password",  "passwort", "passw0rd", "administrator", "admin",      "root",       "superuser", "manager",
      "master",    "system",   "welcome",  "letmein",       "iloveyou",   "monkey",     "dragon",    "sunshine",
      "princess",  "football", "baseball", "superman",      "batman",     "shadow",     "michael",   "jordan",
      "hello",     "login",    "user",     "guest",         "test",       "demo",       "default",   "change",
      "changeme",  "secret",   "private",  "access",        "server",     "service",    "internet",  "computer",
      "windows",   "office",   "company",  "government",    "gov",        "love",       "lucky",     "money",
      "happy",     "summer",   "winter",   "spring",        "autumn",     "monday",     "friday",    "january",
      "december",  "qwerty",   "azerty",   "zhuqi",         "mima",       "woaini",     "woaiwojia", "nihao",
      "zhongguo",  "china",    "beijing",  "shanghai",      "guangzhou",  "shenzhen",   "chengdu",   "chongqing",
      "hangzhou",  "wuhan",    "nanjing",  "tianjin",       "suzhou",     "xian",       "qingdao",   "sichuan",
      "guangdong", "zhejiang", "jiangsu",  "hubei",         "hunan",      "fujian",     "shandong",  "henan",
      "hebei",     "zhengfu",  "zhengwu",  "fuwu",          "qiye",       "gongsi",     "guanli",    "guanliyuan",
      "yonghu",    "denglu",   "ceshi",    "xiaoming",      "zhangsan",   "lisi",       "wangwu",    "wang",
      "zhang",     "liu",      "chen",     "yang",          "5201314",    "1314520",    "520520",    "1314",
      "520",       "666888",   "888666",   "12345",         "123456",     "123123",     "112233",    "147258369",
      "159357",    "abc123",   "a123456",  "asd123",        "qwe123",     "woaini1314", "密码",      "口令",
      "管理员",    "我爱你",   "你好",     "中国",          "北京",       "上海",       "广州",      "深圳",
      "成都",      "重庆",     "四川",     "政府",          "政务",       "服务",       "企业",      "助企",
      "公司",      "测试",     "登录",     "用户",          "为人民服务",
  });
  std::ranges::stable_sort(words, [](auto a, auto b) { return a.size() > b.size(); });
  return words;
}

constexpr auto rows = std::to_array<std::string_view>({"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]",
                                                       "asdfghjkl;'", "zxcvbnm,./", "qazwsxedcrfvtgbyhnujmik,ol.p;/",
                                                       "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()"});

}  // namespace

std::span<const std::string_view> common_words() {
  static const auto words = sorted_words();
  return words;
}
std::span<const std::string_view> key_rows() { return rows; }

}  // namespace zhuqi::staff
