map-between = { $low } 至不足 { $high }
map-between-last = { $low } 至 { $high }
map-cities = 城市
map-cities-of-size = { $low } 至 { $high } 人的城市
map-cities-over = { $low } 人及以上的城市
map-cities-under = 不足 { $high } 人的城市
map-cities-unknown = 人口未知的城市
map-city-desc = { $n ->
        [0] { $place }及其邻国的轮廓。
       *[other] { $place }及其邻国的轮廓，以及 { $n } 座城市，最大的是{ $largest }。
    }
map-class = 等级
map-csv = 数值（CSV）
map-disclaimer = 本地图所示边界和名称以及所用称谓，不意味着官方认可或接受，也不意味着对任何国家、领土、城市或地区或其当局的法律地位，或对其边界或界线的划分表示任何意见。
map-estimated = 估计值
map-files = 保存地图
map-finding = { $n ->
       *[other] { $n } 个地点有数值：从 { $low }（{ $lowest }）到 { $high }（{ $highest }）。
    }
map-finding-none = 没有可以显示数值的地点。
map-finding-without = { $n ->
       *[other] { $n } 个国家和地区没有数值。
    }
map-geojson = 数值和图形（GeoJSON）
map-gestures-mac = 按住 ⌘ 并滚动以缩放地图
map-gestures-touch = 用两根手指移动地图
map-gestures-wheel = 按住 Ctrl 并滚动以缩放地图
map-go-to = 前往
map-keys = 在地图中，方向键按表格顺序逐个移动地点，回车键打开地点，Esc 键离开。
map-keys-city = 在地图中，方向键移动地图，+和−缩放。
map-keys-goto = “前往”可打开一个地点。
map-kilometres = 公里
map-lands = 国家和边界
map-latest-between = 各地最新数值，{ $from } 至 { $to }
map-latest-of = 各地最新数值，{ $from }
map-layers = 图层
map-licences = 随本程序提供的地图绘制库的许可
map-method = 地图：等积地球投影；由 Ekistics { $version } 绘制。
map-method-plane = 地图：以该地为中心的等积投影；由 Ekistics { $version } 绘制。
map-metres = 米
map-n-shapes = { $n } 个无名称的图形
map-no-data = 无数据
map-not-applicable = 不适用
map-not-shown = { $n ->
       *[other] { $n } 个地点不在地图上，但列于表中：{ $places }。
    }
map-note-abyei = 苏丹与南苏丹之间的边界尚未划定，阿卜耶伊地区的地位尚未确定。
map-note-falklands = 阿根廷与联合王国对福克兰群岛（马尔维纳斯）存在主权争议。
map-note-kashmir = 虚点线大致表示印度和巴基斯坦商定的查谟和克什米尔控制线；双方尚未就其最终地位达成一致。
map-note-kosovo = 凡提及科索沃，均应按照安全理事会第1244（1999）号决议理解。
map-note-withheld = { $n ->
       *[other] 为保护个人，{ $n } 个数值不予显示；相应地点以斜线表示。
    }
map-open = 打开
map-over-time = 随时间变化
map-over-time-desc = { $n } 幅地图，从 { $from } 到 { $to } 每期一幅，等级相同。
map-percent = { $n }%
map-percent-between = { $low }% 至不足 { $high }%
map-percent-from = { $low }% 及以上
map-percent-under = 低于 { $high }%
map-place-itself = 本地点
map-png = 地图（PNG）
map-png-failed = 无法生成图片，请保存为 SVG。
map-png-saved = 已保存。
map-population = 人口
map-reset = 整幅地图
map-rule-fixed = 该指标各地图采用相同等级
map-rule-quantiles = 分位数：各等级的地点数大致相同
map-save = 保存
map-source-lands = 边界和海岸：{ $version }。
map-source-places = 地点：本登记册。
map-source-population = 地点：本登记册。人口：{ $sources }。
map-source-values = 数值：{ $sources }。
map-svg = 地图（SVG）
map-table = 同样内容的表格（{ $n }）
map-unit = { $unit }；{ $rule }
map-where = 所在位置
map-zoom-in = 放大
map-zoom-out = 缩小
