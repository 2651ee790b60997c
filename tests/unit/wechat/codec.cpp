// What each message and event of the platform means to a dialog, and what makes two of them the same.

#include "tests/unit/wechat/rig.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::wechat;
using namespace zhuqi::wechat::test;
namespace ev = zhuqi::dialogs::event;

namespace {

std::string xml_with(const std::string& rest) {
  return "<xml><ToUserName><![CDATA[" + account + "]]></ToUserName><FromUserName><![CDATA[" + user +
         "]]></FromUserName><CreateTime>1780000000</CreateTime>" + rest + "</xml>";
}

std::string event_xml(const std::string& name, const std::string& rest = "") {
  return xml_with("<MsgType>event</MsgType><Event><![CDATA[" + name + "]]></Event>" + rest);
}

std::string json_with(const std::string& rest) {
  return R"({"ToUserName":")" + account + R"(","FromUserName":")" + user + R"(","CreateTime":1780000000,)" + rest + "}";
}

incoming read(const std::string& body) {
  auto got = decode(body, {"city", app_id});
  REQUIRE(got.has_value());
  return *got;
}

struct row {
  std::string body;
  dialogs::any_event event;
};

}  // namespace

TEST_CASE("every message type becomes its event") {
  const auto [body, expected] = GENERATE(values<row>({
      {xml_with("<MsgType>text</MsgType><Content>补贴😀</Content><MsgId>1</MsgId>"), ev::text{"补贴😀"}},
      {xml_with("<MsgType>text</MsgType><Content>可享政策</Content><bizmsgmenuid>101</bizmsgmenuid><MsgId>1</MsgId>"),
       ev::text{"可享政策"}},
      {xml_with("<MsgType>text</MsgType><Content></Content><MsgId>1</MsgId>"), ev::text{""}},
      {xml_with("<MsgType>image</MsgType><PicUrl>http://x/</PicUrl><MediaId>m1</MediaId><MsgId>1</MsgId>"),
       ev::media{"image", "m1", ""}},
      {xml_with("<MsgType>voice</MsgType><MediaId>m1</MediaId><Format>amr</Format><Recognition>你好</"
                "Recognition><MsgId>1</MsgId>"),
       ev::media{"voice", "m1", "你好"}},
      {xml_with("<MsgType>video</MsgType><MediaId>m1</MediaId><ThumbMediaId>t</ThumbMediaId><MsgId>1</MsgId>"),
       ev::media{"video", "m1", ""}},
      {xml_with("<MsgType>shortvideo</MsgType><MediaId>m1</MediaId><MsgId>1</MsgId>"), ev::media{"video", "m1", ""}},
      {xml_with("<MsgType>location</MsgType><Location_X>31.23</Location_X><Location_Y>121.47</Location_Y><Scale>15</"
                "Scale><Label>人民广场</Label><MsgId>1</MsgId>"),
       ev::media{"location", "31.23,121.47", "人民广场"}},
      {xml_with("<MsgType>link</MsgType><Title>标题</Title><Description>说明</Description><Url>https://a.cn/</"
                "Url><MsgId>1</MsgId>"),
       ev::media{"link", "https://a.cn/", "标题: 说明"}},
      {xml_with("<MsgType>miniprogrampage</MsgType><Title>小程序</Title><AppId>wx1</AppId><PagePath>pages/a</"
                "PagePath><MsgId>1</MsgId>"),
       ev::media{"miniprogram", "pages/a", "小程序"}},
      {xml_with("<MsgType>file</MsgType><Title>租赁合同.pdf</Title><FileKey>k</FileKey><MsgId>1</MsgId>"),
       ev::media{"file", "", "租赁合同.pdf"}},
      {xml_with("<MsgType>hologram</MsgType><MsgId>1</MsgId>"), ev::media{"unknown", "", "hologram"}},
      {json_with(R"("MsgType":"text","Content":"补贴","MsgId":6054768590064713728)"), ev::text{"补贴"}},
  }));
  INFO(body);
  const incoming message = read(body);
  CHECK(message.event == expected);
  CHECK(message.to == account);
  CHECK(message.from == user);
}

TEST_CASE("every event becomes its event, whatever the case of its name") {
  const auto [body, expected] = GENERATE(values<row>({
      {event_xml("subscribe"), ev::entered{""}},
      {event_xml("subscribe", "<EventKey></EventKey>"), ev::entered{""}},
      {event_xml("subscribe", "<EventKey>qrscene_park_7</EventKey><Ticket>T</Ticket>"), ev::entered{"park_7"}},
      {event_xml("SCAN", "<EventKey>park_7</EventKey><Ticket>T</Ticket>"), ev::entered{"park_7"}},
      {event_xml("scan", "<EventKey>qrscene_7</EventKey><Ticket>T</Ticket>"), ev::entered{"qrscene_7"}},
      {event_xml("unsubscribe"), ev::left{}},
      {event_xml("CLICK", "<EventKey>policy</EventKey>"), ev::menu{"policy"}},
      {event_xml("click", "<EventKey>policy</EventKey>"), ev::menu{"policy"}},
      {event_xml("VIEW", "<EventKey>https://a.cn/</EventKey><MenuId>5</MenuId>"),
       ev::notice{"view", "EventKey=https://a.cn/; MenuId=5"}},
      {event_xml("view_miniprogram", "<EventKey>pages/a</EventKey>"),
       ev::notice{"view_miniprogram", "EventKey=pages/a"}},
      {event_xml("LOCATION", "<Latitude>31.2</Latitude><Longitude>121.4</Longitude><Precision>50</Precision>"),
       ev::notice{"location", "Latitude=31.2; Longitude=121.4; Precision=50"}},
      {event_xml("scancode_waitmsg",
                 "<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>91310000X</ScanResult></"
                 "ScanCodeInfo>"),
       ev::media{"scan", "91310000X", "k"}},
      {event_xml("scancode_push", "<EventKey>k</EventKey><ScanCodeInfo><ScanResult>r</ScanResult></ScanCodeInfo>"),
       ev::notice{"scancode_push", "EventKey=k; ScanCodeInfo.ScanResult=r"}},
      {event_xml("pic_sysphoto", "<EventKey>k</EventKey><SendPicsInfo><Count>1</Count></SendPicsInfo>"),
       ev::notice{"pic_sysphoto", "EventKey=k; SendPicsInfo.Count=1"}},
      {event_xml("pic_photo_or_album", "<EventKey>k</EventKey>"), ev::notice{"pic_photo_or_album", "EventKey=k"}},
      {event_xml("pic_weixin", "<EventKey>k</EventKey>"), ev::notice{"pic_weixin", "EventKey=k"}},
      {event_xml("location_select", "<SendLocationInfo><Label>l</Label></SendLocationInfo>"),
       ev::notice{"location_select", "SendLocationInfo.Label=l"}},
      {event_xml("TEMPLATESENDJOBFINISH", "<MsgID>200163836</MsgID><Status>failed:user block</Status>"),
       ev::notice{"templatesendjobfinish", "MsgID=200163836; Status=failed:user block"}},
      {event_xml("MASSSENDJOBFINISH", "<MsgID>1</MsgID><Status>err(10001)</Status>"),
       ev::notice{"masssendjobfinish", "MsgID=1; Status=err(10001)"}},
      {event_xml("subscribe_msg_popup_event",
                 "<SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId></List><List><TemplateId>b</TemplateId></"
                 "List></SubscribeMsgPopupEvent>"),
       ev::notice{"subscribe_msg_popup_event",
                  "SubscribeMsgPopupEvent.List.TemplateId=a; SubscribeMsgPopupEvent.List.TemplateId=b"}},
      {json_with(R"("MsgType":"event","Event":"subscribe_msg_change_event","List":{"TemplateId":"a"})"),
       ev::notice{"subscribe_msg_change_event", "List.TemplateId=a"}},
      {json_with(R"("MsgType":"event","Event":"subscribe_msg_sent_event","List":[{"MsgID":"1"},{"MsgID":"2"}])"),
       ev::notice{"subscribe_msg_sent_event", "List.MsgID=1; List.MsgID=2"}},
      {event_xml("kf_create_session", "<KfAccount>a@b</KfAccount>"), ev::notice{"kf_create_session", "KfAccount=a@b"}},
      {event_xml("kf_close_session", "<KfAccount>a@b</KfAccount>"), ev::notice{"kf_close_session", "KfAccount=a@b"}},
      {event_xml("kf_switch_session", "<FromKfAccount>a</FromKfAccount><ToKfAccount>b</ToKfAccount>"),
       ev::notice{"kf_switch_session", "FromKfAccount=a; ToKfAccount=b"}},
      {event_xml("PUBLISHJOBFINISH"), ev::notice{"publishjobfinish", ""}},
      {event_xml("tomorrows_event", "<X>1</X>"), ev::notice{"tomorrows_event", "X=1"}},
      {event_xml(""), ev::notice{"event", ""}},
  }));
  INFO(body);
  CHECK(read(body).event == expected);
}

TEST_CASE("a MsgId survives at full length in both formats") {
  CHECK(read(xml_with("<MsgType>text</MsgType><Content>x</Content><MsgId>9223372036854775807</MsgId>")).origin_id ==
        "9223372036854775807");
  CHECK(read(json_with(R"("MsgType":"text","Content":"x","MsgId":9223372036854775807)")).origin_id ==
        "9223372036854775807");
  CHECK(read(json_with(R"("MsgType":"text","Content":"x","MsgId":"9223372036854775807")")).origin_id ==
        "9223372036854775807");
  CHECK_FALSE(decode(json_with(R"("MsgType":"text","Content":"x","MsgId":92233720368547758079999)"), {"city", app_id})
                  .has_value());
}

TEST_CASE("the same message in XML and in JSON has the same key and the same content") {
  const incoming xml = read(xml_with("<MsgType>text</MsgType><Content>补贴</Content><MsgId>77</MsgId>"));
  const incoming json = read(json_with(R"("MsgType":"text","Content":"补贴","MsgId":77)"));
  CHECK(xml.key == json.key);
  CHECK(xml.body_digest == json.body_digest);
  CHECK(xml.format != json.format);
}

TEST_CASE("a text over the limit is cut at a character") {
  std::string words;
  while (words.size() <= limits::user_text_bytes) words += "补";
  const incoming message = read(xml_with("<MsgType>text</MsgType><Content>" + words + "</Content><MsgId>1</MsgId>"));
  const std::string cut = std::get<ev::text>(message.event).text;
  CHECK(cut.size() <= limits::user_text_bytes);
  CHECK(cut.size() % 3 == 0);
  CHECK(message.note == remark::text_cut);
}

TEST_CASE("anything that tells two messages apart gives another key") {
  const incoming base = read(text_xml("x", "1"));
  SECTION("MsgId") { CHECK(read(text_xml("x", "2")).key != base.key); }
  SECTION("the sender, even under one MsgId") {
    std::string body = text_xml("x", "1");
    body.replace(body.find(user), user.size(), "oOther");
    CHECK(read(body).key != base.key);
  }
  SECTION("the account") {
    std::string body = text_xml("x", "1");
    body.replace(body.find(account), account.size(), "gh_other");
    CHECK(read(body).key != base.key);
  }
  SECTION("the time") {
    std::string body = text_xml("x", "1");
    body.replace(body.find("1409735668"), 10, "1409735669");
    CHECK(read(body).key != base.key);
  }
  SECTION("the channel") { CHECK(decode(text_xml("x", "1"), {"town", app_id})->key != base.key); }
  SECTION("the app") { CHECK(decode(text_xml("x", "1"), {"city", "wx1"})->key != base.key); }
}

TEST_CASE("the same key with another content is told by the body digest") {
  const incoming a = read(text_xml("甲", "1"));
  const incoming b = read(text_xml("乙", "1"));
  CHECK(a.key == b.key);
  CHECK(a.body_digest != b.body_digest);
}

TEST_CASE("the dedupe key of a message does not move with what surrounds it") {
  std::string spaced = text_xml("x", "1");
  spaced.insert(spaced.find("<MsgId>"), "\n  ");
  CHECK(read(spaced).key == read(text_xml("x", "1")).key);
  CHECK(read(spaced).body_digest == read(text_xml("x", "1")).body_digest);
}

TEST_CASE("several events of one user in one second are different messages") {
  const std::vector<std::string> bodies{
      event_xml("CLICK", "<EventKey>a</EventKey>"),
      event_xml("CLICK", "<EventKey>b</EventKey>"),
      event_xml("VIEW", "<EventKey>a</EventKey>"),
      event_xml("VIEW", "<EventKey>a</EventKey><MenuId>1</MenuId>"),
      event_xml("subscribe", "<EventKey>qrscene_1</EventKey><Ticket>T1</Ticket>"),
      event_xml("subscribe", "<EventKey>qrscene_1</EventKey><Ticket>T2</Ticket>"),
      event_xml("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID>"),
      event_xml("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID>"),
      event_xml("scancode_waitmsg", "<EventKey>k</EventKey><ScanCodeInfo><ScanResult>1</ScanResult></ScanCodeInfo>"),
      event_xml("scancode_waitmsg", "<EventKey>k</EventKey><ScanCodeInfo><ScanResult>2</ScanResult></ScanCodeInfo>"),
      event_xml("kf_close_session", "<KfAccount>a</KfAccount>"),
      event_xml("kf_close_session", "<KfAccount>b</KfAccount>"),
      xml_with("<MsgType>file</MsgType><Title>a</Title>"),
      xml_with("<MsgType>file</MsgType><Title>b</Title>"),
      xml_with("<MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId>")};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    for (std::size_t k = 0; k < bodies.size(); ++k) {
      INFO(bodies[i] << "\n" << bodies[k]);
      CHECK((read(bodies[i]).key == read(bodies[k]).key) == (i == k));
    }
  }
}

TEST_CASE("no two different field lists join to one key") {
  const incoming a = read(event_xml("CLICK", "<EventKey>a|b</EventKey><MsgID>c</MsgID>"));
  const incoming b = read(event_xml("CLICK", "<EventKey>a</EventKey><MsgID>b|c</MsgID>"));
  CHECK(a.key != b.key);
}

TEST_CASE("A31: any CreateTime the platform sends is taken as it is, nonsense is not") {
  const auto with_time = [](const std::string& t) {
    return "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>" + t +
           "</CreateTime><MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId></xml>";
  };
  CHECK(read(with_time("0")).key.created_s == 0);
  CHECK(read(with_time("32503680000")).key.created_s == 32503680000);
  for (const char* bad : {"", "-1", "+1", "1.5", "x", "99999999999999999999"}) {
    CHECK(decode(with_time(bad), {"city", app_id}).error() == errc::malformed);
  }
}
