GEO001 = { $problem ->
        [no_polygon] { $file }中没有多边形。
        [io] 无法打开 { $file }：{ $detail }。
        [unrecognised] { $file } 不是此处可读的边界或点文件：{ $detail }。
        [many_layers] { $file } 有多个图层；请指明其中之一：{ $known }。
        [no_such_layer] { $file } 没有图层“{ $asked }”；它有：{ $known }。
        [too_large] { $file } 的内容超过 { $most }；请拆分文件。
        [damaged] { $file } 已损坏：{ $detail }。请从生成它的程序重新保存。
        [unsupported] { $file } 含有此处不读取的内容：{ $detail }。
        [not_degrees] { $file }：位置 { $at } 看来以米为单位。GeoJSON 使用经纬度（RFC 7946），除非在“crs”中注明参考系；请投影到 EPSG:4326，或改用 GeoPackage。
       *[other] 无法读取边界或点：{ $detail }。
    }
    .why = 只读了一半的图形会落在错误的位置。
    .remedy = 请提供GeoPackage、GeoJSON、FlatGeobuf或shapefile；有多个图层时请指明名称。
GEO002 = { $problem ->
        [io] 无法打开 { $file }：{ $detail }。
        [not_tiff] { $file } 不是 GeoTIFF。
        [truncated] { $file } 不完整；请重新获取。
        [unsupported] { $file } 是此处不读取的 GeoTIFF 类型：{ $detail }。
        [no_place] { $file } 未说明其位置；请写成带参考系统的 GeoTIFF。
        [turned] { $file } 的网格旋转或颠倒；请重投影，使行自西向东、北在前。
        [unaligned] { $file } 与 { $other } 不是同一网格：{ $detail }。
        [projection] { $file } 的参考系统为 { $found }，不适用：{ $detail }。
        [tiles_differ] { $file } 与 { $other } 重叠但数值不同：在 { $at } 处为 { $found } 和 { $wanted }。请提供同一版本的图幅，或裁剪其中之一。
       *[other] 无法使用该栅格：{ $detail }。
    }
    .why = 含义不符的像元会得出错误的城市。
    .remedy = 请提供同一格网的GeoTIFF：像元、原点和参考系相同。
GEO003 = { $problem ->
        [io] 无法打开 { $file }：{ $detail }。
        [pbf] { $file } 已损坏或不是 OpenStreetMap 摘录（字节 { $n }）：{ $detail }。
        [no_column] { $file } 没有列“{ $column }”；它有：{ $known }。
        [file] 无法使用 { $file }：{ $detail }。
       *[other] 无法使用街道网络：{ $detail }。
    }
    .why = 步行可达的人口取决于每一条街道。
    .remedy = 请按docs/methods/access.md的说明修正文件夹。
GEO004 = 计算已按要求结束。
    .why = 没有写入任何内容。
    .remedy = 方便时请重新开始。
GEO005 = { $problem ->
        [json] 选项不是JSON：请看第 { $line } 行第 { $column } 列。
        [no_text] 选项不是 UTF-8 文本；应为 JSON。
        [no_object] 选项应为 { $key } 这样的一个对象。
        [object] 选项“{ $key }”是 { $found }，应为花括号中的对象。
        [unknown] 没有名为“{ $key }”的选项。可用的有：{ $known }。
        [nearest] 没有“{ $key }”可选。最接近的是：{ $known }。
        [part] 选项“{ $key }”没有“{ $found }”这一部分。它有：{ $known }。
        [value] 选项“{ $key }”不能是 { $found }。应为：{ $detail }。
        [needs] 选项“{ $key }”需要一个没有给出的文件：{ space-word-role }。
        [not_with] 选项“{ $key }”不能与文件{ space-word-role }同时给出。
        [since_missing] 缺少较早的日期。
        [since_late] 较早的日期 { $found } 必须早于较晚的日期 { $known }。
        [text] 选项“{ $key }”是 { $found }，应为文本。
        [number] 选项“{ $key }”是 { $found }，应为 { $low } 至 { $high } 之间的数字。
        [list] 选项“{ $key }”是 { $found }，应为方括号中的列表。
        [true_or_object] 选项“{ $key }”是 { $found }，应为 true 或花括号中的对象。
        [file_of_folder] 选项“{ $key }”是 { $found }，应为所给文件之一的名称。
        [file_or_tags] 选项“{ $key }”是 { $found }，应给出“file”，或给出带标签的“osm”。
        [tag] 选项“{ $key }”含有 { $found }，应为 amenity=school 这样的标签。
        [way_number] 选项“{ $key }”含有 { $found }，应为道路编号。
        [street_class] 选项“{ $key }”含有 { $found }，应为 residential 这样的街道类别。
        [time] 选项“{ $key }”是 { $found }，应为 07:30 这样的时间。
        [later_time] 选项“{ $key }”是 { $found }，应为晚于“from”的时间。
        [day] 选项“{ $key }”是 { $found }，应为 2026-05-12 这样的日期。
        [mode] 选项“{ $key }”是 { $found }，应为 network 或 crow_fly。
       *[other] 选项不能同时使用：{ $detail }。
    }
    .why = 猜测出来的是另一个问题。
    .remedy = 请改正所指出的内容。方法页面列出了选项及其搭配。
GEO006 = { $file }，图层 { $layer }，要素 { $feature }：{ $place }的边界无法使用（{ $problem ->
        [self_crossing] 自相交
        [wrong_nesting] 各部分互相嵌套
        [too_few_points] 环少于三个角点
        [hole_outside] 洞在边界之外
        [zero_area] 环没有面积
        [crosses_antimeridian] 跨越对向子午线
        [outside_world] 位于世界之外
        [swapped] 纬度写在经度之前
        [no_area] 不是面状区域
        *[no_shape] 没有形状
    }；经度、纬度：{ $at }）。
    .why = 无法统计这种边界内的人口和土地。
    .remedy = 在所示位置修复形状，例如用QGIS的“修复几何”，然后重新提交文件。
GEO007 = { $file }，要素{ $feature }：没有名为“{ $place }”的地点。
    .why = 边界属于登记册中的地点，否则无法据此找到数字。
    .remedy = 先添加该地点，或在属性`place`中写入其代码。同名的两个地点需用代码。
GEO008 = { $file }，图层 { $layer }，要素 { $feature }：{ $place } 的边界{ $problem ->
        [missing] 没有 { $field }，随文件也未给出
        [twice] 以 { $found } 作为 { $field } 出现了两次
       *[other] 的 { $field } 为“{ $found }”
    }。
    .why = 边界的版本由其定义和起始日确定，各出现一次。
    .remedy = 在valid_from写日期如2020-01-01，并用指南中的一种定义，或随文件一并给出。
GEO009 = { $file }未说明边界属于哪些地点：没有含地点的属性“{ $asked }”。已有：{ $known }。
    .why = 没有地点，边界只是纸上的线。
    .remedy = 指明含地点代码或名称的属性。
GEO010 = { $file } 有{ $n }条边界；一次最多接收{ $most }条。
    .why = 一次变更应小到可以查看。
    .remedy = 拆分文件。
GEO011 = { $file }，图层 { $layer }，要素 { $feature }：{ $place }的边界{ $problem ->
        [overlap] 覆盖了{ $neighbour }的土地（{ $area }{ space-word-unit }）
        [gap] 与{ $neighbour }之间有空隙（{ $area }{ space-word-unit }）
        [overlap_held] 覆盖了 { $neighbour } 的地面，其登记册边界自 { $since } 起生效（{ $area } { space-word-unit }）
        [gap_held] 与 { $neighbour } 之间有空隙，其登记册边界自 { $since } 起生效（{ $area } { space-word-unit }）
        [self_touching] 自我接触
        [far_away] 远离该地点的已知位置
        *[other] 有重复角点
    }；经度、纬度：{ $at }。
    .why = 居住在两者之内或之外的人会被重复统计或遗漏。
    .remedy = 让相邻边界共用角点；细小碎片可保留。
GEO012 = 输入{ space-word-role }无法使用：{ $detail }。
    .why = 缺少它的计算会回答另一个问题。
    .remedy = 提供该文件；指南中关于网格、土地和可达性的一章说明需要哪些。
GEO013 = 计算{ $job }不存在，或尚未到该步骤（{ space-word-state }）。
    .why = 数字来自已完成的计算。
    .remedy = 查看计算列表；中断的可以继续。
GEO014 = { $place }内没有地点有边界（{ space-word-definition }）。
    .why = 土地和人口在边界内求和。
    .remedy = 先导入边界，或发布由城市化程度找到的城市。
GEO015 = { $job }没有指标与任何度量关联。
    .why = 登记册中的数字属于某个指标。
    .remedy = 至少为一个度量选择指标。
GEO016 = 代码{ $place }现已属于另一地点。
    .why = 两个城市中心共用一个代码会混淆数字。
    .remedy = 重新计算以选用空闲代码，或为所指地点给出正确位置。
GEO017 = 输入{ space-word-role }不在{ $place }所在位置。
    .why = 一地的数字会被当作另一地的数字发布。
    .remedy = 选择文件所属的地点，或提供该地点的文件。
GEO018 = { $problem ->
        [above] { $file }不可能是{ space-word-role }：第 { $row } 行第 { $column } 列为{ $found }，每个单元最多{ $most }。
        [below] { $file }不可能是{ space-word-role }：第 { $row } 行第 { $column } 列为{ $found }，小于 0；请在文件中注明缺失单元的值（GDAL_NODATA）。
       *[other] { $file }不可能是{ space-word-role }：最大值为{ $found }，每个单元最多{ $most }。
    }
    .why = 字段中放错网格会得出貌似答案的数字。
    .remedy = 核对文件与字段：每单元人口数，土地和建成面积为每单元平方米。
GEO019 = { $file }，图层 { $layer }，没有任何要素。
    .why = 没有可写入的内容。
    .remedy = 请连同要素重新导出该图层，或指明含有要素的图层。
GEO020 = 无法写入{ $file }：{ $problem ->
        [input] 它是输入文件之一
        [no_folder] 所在文件夹不存在
        [no_file] 它是文件夹或设备
        [twice] 两个结果将写到同一处
       *[other] { $problem }
    }.
    .why = 结果无处存放就不计算，也不覆盖输入。
    .remedy = 请指定已有文件夹中的另一个文件。
GEO021 = { $problem ->
        [io] 无法打开 { $file }：{ $detail }。
        [no_text] { $file } 不是 UTF-8 文本（第 { $detail } 字节不是）；应为 CSV 或 JSON。
       *[row] { $file }，{ $place }：{ $detail }。
    }
    .why = 从无法读取的文件中猜测得出的是另一个问题的答案。
    .remedy = 请将表格存为 CSV、将选项存为 JSON，采用 UTF-8 文本；指南中关于网格、土地和可达性的一章列出了各列。
IDX001 = 无法读取指数文件：{ $detail }。
    .why = 没有城市和指标就没有指数。
    .remedy = 按 docs/methods/composite-index.md 的样式书写 {"{"}"indicators": […], "cities": […]{"}"}。
IDX002 = { $name } 没有“{ $value }”这一选项。
    .why = 被忽略的选项会在不知不觉中改变结果。
    .remedy = 请选择：{ $known }。
IDX003 = { $name } 的尺度无意义：需要 { $detail }。
    .why = 得分是界限之间的位置。
    .remedy = 给出满足该条件的界限或目标。
IDX004 = 部分“{ $name }”在树中没有位置：上级不存在，或包含自身。
    .why = 指数是一棵树。
    .remedy = 指定存在且不会绕回自身的上级。
IDX005 = { $name } 的权重或误差为 { $value }；必须不小于 0。
    .why = 用这样的权重得不到平均值。
    .remedy = 请更正或删除。
IDX006 = “{ $name }”出现两次。
    .why = 名称必须能区分所指。
    .remedy = 为每个指标、部分和城市取不同的名称。
IDX007 = 给定的权重不适用：{ $detail }。
    .why = 每次抽取都需要为指数的每个部分给出不小于 0 的权重。
    .remedy = 提供每个部分一列的文件。
IDX008 = “{ $name }”既不是本指数的指标也不是其部分。
    .why = 不属于任何对象的数值或权重是笔误。
    .remedy = 更正名称，或添加该指标。
IDX009 = { $units } 个城市的 { $n } 次抽取超出一次可保存的数量。
    .why = 计算百分位数需要所有抽取的全部得分。
    .remedy = 最多请求 { $most } 次抽取，并减少敏感性分析的行数。
INS001 = 无法读取问卷：{ $detail }。
    .why = 只读懂一半的问卷，会提出和评分并非作者本意的内容。
    .remedy = 请修正所指的行；可用的键见 docs/methods/instruments.md。
INS002 = “{ $id }”不是有效的代码。
    .why = 代码会长期出现在答案、条件和网址中。
    .remedy = 请使用小写字母、数字和下划线（问卷自身的代码用连字符），并以字母开头。
INS003 = 代码 { $id } 出现了两次。
    .why = 这样答案就可能属于其中任何一个。
    .remedy = 请给其中一个换一个代码。
INS004 = 无法读取 { $id } 的条件：{ $text }。
    .why = 靠猜测的条件会错误地隐藏或显示题目。
    .remedy = 请写成 stage == 'use' and rooms > 1 的形式；选项代码加引号，数字不加。
INS005 = { $id } 的条件提到“{ $name }”，它不是前面的题目。
    .why = 是否提问只能取决于之前的回答。
    .remedy = 请使用前面的题目；多选题请写出其中一个选项，如 sources.well == 1。
INS006 = { $id } 的条件等待答案“{ $value }”，而没有人能给出这个答案。
    .why = 依赖它的题目永远不会出现。
    .remedy = 请使用所提题目的选项代码。
INS007 = { $id } 有文字缺少语言 { $language }。
    .why = 只懂该语言的人将无法作答。
    .remedy = 请补上译文。
INS008 = { $id } 的等级没有从 0 开始、没有递增到不超过 100，或者缺失。
    .why = 0 到 100 的每个分值都只属于一个等级。
    .remedy = 请按最低分排序，并让第一级从 0 开始。
INS009 = 题目 { $id } 的选项少于两个。
    .why = 只有一个答案就没有必要提问。
    .remedy = 请增加选项，或改用其他题型。
INS010 = { $id } 的选项 { $choice } 没有说明分值。
    .why = 没有分值，板块均分就不是由实际回答得出的。
    .remedy = 请给出 0 到 100 的分值；若该题因此不适用，写 null；或将题目权重设为 0。
INS011 = { $id } 的分值点不能构成量表。
    .why = 每个数值只能对应一个分值。
    .remedy = 请至少给出两个点，数值递增，分值在 0 到 100 之间。
INS012 = { $id } 含有不属于该处的“{ $part }”。
    .why = 它会被忽略，而写下它的人自有用意。
    .remedy = 请删除它或更改题型；建议只能用于计分的题目。
INS013 = { $id } 的“{ $part }”不能是 { $value }。
    .why = 权重不小于 0，分值在 0 到 100 之间，量表有 2 到 11 级，最小值低于最大值。
    .remedy = 请更正该数字。
INS014 = { $id } 没有任何题目。
    .why = 空的部分既无分值也无意义。
    .remedy = 请增加题目或将其删除。
INS015 = 问卷 { $instrument } 没有题目 { $question }。
    .why = 答非所问的内容会在无人察觉时丢失。
    .remedy = 请使用 `ekistics instrument show` 列出的代码。
INS016 = “{ $value }”不能作为此题的答案：{ $question } 可选：{ $expected }。
    .why = 只有题目提供的答案才有含义和分值。
    .remedy = 请选择所列答案之一，或填写范围内的数字。
INS017 = 此题必须回答：{ $question }
    .why = 缺少它，结果所说明的内容就少于表面所见。
    .remedy = 请作答后再次提交；已填写的内容仍保留。
INS018 = 此答案需要依据：{ $question }
    .why = 无从查证的高分不能使人信服。
    .remedy = 请注明文件、网址或文档，或选择您能证明的答案。
INS019 = 没有问卷 { $instrument }。
    .why = 答案只有结合题目才有意义。
    .remedy = 请从以下选择：{ $known }。
INS020 = 没有 { $kind }“{ $subject }”。
    .why = 问卷针对登记册中的某条记录，以便与下一次比较。
    .remedy = 请从列表中选择，或先添加该记录。
INS021 = 无法读取答案：{ $detail }。
    .why = 只读懂一半的答案会被错误评分。
    .remedy = 请写一个含 instrument 和 answers 的对象，答案以题目代码为键，或将多个这样的对象写成列表；示例见 docs/methods/instruments.md。
INS022 = 没有回答任何题目。
    .why = 空白问卷不能说明任何问题。
    .remedy = 请至少回答一道题。
INS023 = “{ $type }”不是问卷所有的题型。
    .why = 悄悄略去的问题，要到读结果时才会有人发现。
    .remedy = 请用 text、integer、decimal、range、date、带列表的 select_one 或 select_multiple、note，或 begin_group 与 end_group；否则请删除该行。
INS024 = 条件“{ $text }”无法转换：{ $part }。
    .why = 猜测的条件会隐藏或显示错误的问题。
    .remedy = 请用 = != < <= > >= 与前面的问题比较，或用 selected()、not()、and、or；以代码指称选项。
INS025 = 此处不保留 { $column } 列：{ $value }。
    .why = 它只规定采集应用的行为或检查输入，不改变所问和所评的内容。
    .remedy = 无需处理；须知事项请写在 hint 中。
INS026 = { $column } 的单元格无法采用：{ $value }。
    .why = 在此略去会改变所问或所评的内容。
    .remedy = 应为数字处请写数字，required 写 yes 或 no，evidence 写 asked 或 required，levels 和 points 写成“0 0; 100 100”的形式；calculation 和 choice_filter 请留空。
INS027 = 第 { $row } 行的分组缺少另一端。
    .why = 分组就是各部分；未关闭的分组会吞掉其余内容。
    .remedy = 请为每个 begin_group 配上 end_group。
INS028 = 没有选项列表“{ $list }”。
    .why = 没有选项的问题无法回答。
    .remedy = 请在 choices 工作表中加入其各行，list_name 填此名称。
INS029 = 不保留 { $language } 的文字。
    .why = 记录以阿拉伯文、中文、英文、法文、俄文和西班牙文书写。
    .remedy = 无需处理；表单的其他语言会保留。
INS030 = { $instrument } 的第 { $version } 版已经存在或已有人作答。
    .why = 已有人作答的版本绝不更改，否则其答案的含义会变。
    .remedy = 请把版本定为 { $next }。
INS031 = settings 工作表没有说明 { $setting }。
    .why = 问卷针对一类记录，并以一种方式评分。
    .remedy = 请加入 { $setting } 列，填写其中之一：{ $allowed }。
INS032 = 程序已有代码为 { $instrument } 的问卷。
    .why = 答案以代码指称其问卷。
    .remedy = 请为您的问卷另取代码。
INS033 = { $id } 有 { $n } 个字符；问卷的一个部分最多 { $most } 个。
    .why = 每个部分是一条记录，须能放入工作簿的一个单元格。
    .remedy = 请缩短其文字，或将其拆分。
INS034 = 该文件既不是照片（JPEG、PNG、WebP、HEIC），也不是 PDF。
    .why = 证据多年以后仍须能打开，且打开时不得执行任何操作。
    .remedy = 请拍照，或将文档另存为 PDF。
INS035 = 文件有 { $size } MB；证据最多 { $most } MB。
    .why = 证据随其答案一直保存在备份中。
    .remedy = 请缩小文件，或改为写出其地址。
OUT001 = 无法读取展望文件：{ $detail }。
    .why = 需要国家、年份和目标年。
    .remedy = 按 docs/methods/slum-outlook.md 的样式书写 {"{"}"countries": [{"{"}"iso3", "y0", "y1", "horizon"{"}"}], "regions": […]{"}"}。
OUT002 = { $series } 中没有 { $country } { $year } 年的数值。
    .why = 预测从测得的数据出发。
    .remedy = 在文件中给出数值，或选择序列中有的年份。
OUT003 = { $country } 的年份顺序不对：{ $first }、{ $last }、{ $horizon }。
    .why = 增长需要两个年份，目标年在其后。
    .remedy = 首年须早于末年，目标年不得早于末年。
OUT004 = { $country } 的 { $name } 为 { $value }：比例须在 0 到 100 之间，人口须不小于 0。
    .why = 其他数值是笔误。
    .remedy = 请更正。
OUT005 = 系列中没有名为“{ $of }”的国家或区域。
    .why = 数值总属于某个地方。
    .remedy = 请给出国家代码（BGD）或区域的英文名称。最接近的是 { $nearest }。
SMP001 = 无法读取抽样文件：{ $detail }。
    .why = 需要国家和城市数量。
    .remedy = 按 docs/methods/city-sample.md 的样式书写 {"{"}"countries": [{"{"}"iso3", "n"{"}"}]{"}"}。
SMP002 = 抽样框中没有城市。
    .why = 样本从名单中抽取。
    .remedy = 检查国家代码和抽样框规则。
SMP003 = 无法抽取 { $n } 个城市：各层至少需要 { $least } 个，共有 { $most } 个。
    .why = 少于两个城市的层没有误差。
    .remedy = 请求介于两者之间的数量，或合并类别。
SMP004 = “{ $value }”不是分配样本的方法。
    .why = 样本如何分配决定其权重。
    .remedy = 请选择：{ $known }。
SMP005 = 城市 { $city } 没有人口数。
    .why = 规模决定其所属层和权重。
    .remedy = 给出人口数，或将其排除在抽样框之外。
SMP006 = “{ $value }”不是规模类别。
    .why = 每个城市属于一个类别。
    .remedy = 请写成 50-100k, 0.5-1M, 5M+。
SMP007 = 层“{ $stratum }”中没有任何城市有数值。
    .why = 其他城市不能代表一无所知的层。
    .remedy = 请至少给出其中一个城市（包括备选城市）的数值，或用更大的层重新抽样。
SVY001 = 无法读取该问题：{ $detail }。
    .why = 只理解一半的问题会得到错误的回答。
    .remedy = 请为每个案例给出 `id`、`data`、`design` 和 `statistic`，名称见 docs/methods/survey-estimation.md。
SVY002 = { $file } 中没有变量“{ $name }”。
    .why = 不存在的变量无法用于估计。
    .remedy = { $near ->
        [yes] 您是指“{ $nearest }”吗？请注意大小写。
       *[no] 请查看文件的表头；请注意大小写。
    }
SVY003 = 条件“{ $text }”在第 { $at } 个字符处无法读取；应为：{ $expected }。
    .why = 猜测的条件会选出与您本意不同的行。
    .remedy = 请写成 urbrur == 2 & rooms > 1 的形式；文本请加引号。
SVY004 = { $file } 中的“{ $name }”是文本，而此处需要数字。
    .why = 文本的平均值没有意义。
    .remedy = 请按类别估计（categorical），或将其与带引号的文本比较。
SVY005 = 该设计没有为 { $file } 指定权重。
    .why = 没有权重时每一行代表同样多的个体，很少有样本允许这样做。
    .remedy = 请指定权重列，或使用 from_fpc 并给出每一阶段的总体规模。
SVY006 = { $file } 第 { $row } 行的权重“{ $name }”为“{ $value }”。
    .why = 没有权重的行不知道代表多少个体。
    .remedy = 请为每一行给出不小于零的权重；未访问的行请事先去掉。
SVY007 = “{ $name }”的单元“{ $unit }”位于“{ $strata }”的两个层中：“{ $first }”，以及 { $file } 第 { $row } 行的“{ $second }”。
    .why = 一个单元只在一个层中抽取；若计入两层，误差就会算错。
    .remedy = 如果标号在每层重新开始，请使用 nest；否则请更正标号或层。
SVY008 = “{ $name }”的层“{ $stratum }”只有一个抽中单元（{ $file } 第 { $row } 行）。
    .why = 从一个单元看不出单元之间的差异，误差会偏小。
    .remedy = 请选择并说明一种规则：remove、certainty、adjust 或 average；或将该层与相似的层合并。
SVY009 = { $file } 第 { $row } 行的总体规模“{ $name }”缺失、不大于零，或与同层前面的值不同。
    .why = 一个层只有一个规模。
    .remedy = 请在同一层的所有行写相同的数字，或写抽样比。
SVY010 = 抽取了 { $n } 个单元，而“{ $name }”表明只有 { $population } 个（{ $file } 第 { $row } 行）。
    .why = 抽取的数量不能超过总数。
    .remedy = 请检查“{ $name }”是否统计的是被抽取的单元，以及单元标号是否重新开始。
SVY011 = { $file } 中没有任何行在域“{ $domain }”内既有权重又有值。
    .why = 没有可用于估计的数据。
    .remedy = 请检查该条件及其变量的编码。
SVY012 = { $file } 的重复权重不匹配：{ $detail }。
    .why = 每次重复都用全部行再估计一次；缺失之处会成为另一个估计。
    .remedy = 请为每次重复提供一列数字，系数个数与列数相同，文件顺序与数据一致。
SVY013 = “{ $value }”不是 { $name } 的取值。
    .why = 被忽略的选项会悄悄改变结果。
    .remedy = 请从下列中选择：{ $known }。
SVY014 = { $file } 第 { $row } 行的“{ $name }”为空。
    .why = 层或群未知的行在设计中没有位置。
    .remedy = 请填写，或事先去掉该行并加以说明。
SVY015 = { $folders } 中没有文件“{ $file }”。
    .why = 案例需要其数据。
    .remedy = 请将文件放在那里，或用 --data-dir 指定其文件夹。
SVY016 = { $left } 和 { $right } 无法按“{ $key }”连接（{ $detail }）。
    .why = 每一行需要另一文件中的恰好一行。
    .remedy = 请指定两者都有且在右侧不重复的列。
SVY017 = 无法理解 { $file } 的“{ $words }”。
    .why = 去掉的行会改变每个结果。
    .remedy = 请写成：FILE without COLUMN VALUE except COLUMN VALUE。
SVY018 = 无法读取“{ $file }”：{ $detail }。
    .why = 案例需要它的数据。
    .remedy = 允许本程序读取该文件，并确认文件完整。
SVY019 = { $file } 有 { $size } MB；这类文件需整体读取，上限为 { $limit } MB。
    .why = 内存装不下的文件会使程序中途终止。
    .remedy = 另存为可分段读取的 Parquet，或去掉不需要的变量。
SVY020 = 无法根据 { $file } 的设计生成 { $type } 类型的重复权重：{ $reason ->
        [lonely] 只有一个单元的层所用的规则无法由重复权重体现
        [number] 要求的重复次数少于两次
        [rho] rho 必须不小于 0 且小于 1
        [size] 这么多行的 { $n } 次重复超出可容纳的数量；最多 { $most } 次
        [stages] 第二阶段的单元会增加误差，而重复权重只重复第一阶段
        [strata] 共有 { $n } 个层
        [two] 层“{ $stratum }”（第 { $row } 行）有 { $n } 个单元，而不是两个
       *[units] 没有任何层有两个单元
    }
    .why = 不能重复设计的重复权重会给出不同于该设计的误差。
    .remedy = JKn 适用于每层至少两个单元；JK1 适用于不分层的样本，BRR 和 Fay 适用于每层两个单元。多阶段样本请去掉 fpc，误差会略微偏大。
SVY021 = { $file } 第 { $row } 行中“{ $name }”的“{ $value }”不在任何总数之中。
    .why = 每一行都必须属于总体中一个规模已知的部分。
    .remedy = 请给出它的总数，或将其并入另一部分；多个变量的值用句点连接。
SVY022 = 总数中“{ $name }”有人口，但 { $file } 中没有任何有权重的行属于它。
    .why = 样本中没有人能代表他们。
    .remedy = 请更正名称，或将此部分与另一部分合并。
SVY023 = 无法将 { $file } 的权重调整到总数：经过 { $n } 轮，“{ $name }”仍相差百分之 { $off }。
    .why = 未达到已知总数的权重会被称为已校准，而实际并非如此。
    .remedy = 请检查各总数是否相互矛盾；合并小的部分、放宽界限，或允许更大的容差。
SVY024 = 用于校准权重的“{ $name }”在 { $file } 第 { $row } 行为空。
    .why = 不属于总体任何部分的行无法调整到其规模。
    .remedy = 请填写，或为缺失值设定一个有总数的取值，或去掉该行。
SVY025 = “{ $name }”的总数合计为 { $sum }，“{ $other }”的合计为 { $first }。
    .why = 总体只有一个规模。
    .remedy = 请从同一来源、同一日期取得全部总数；如经四舍五入，请给出容差。
SVY026 = “{ $name }”的总数为 { $value }。
    .why = 总体一部分的规模是不小于 0 的数。
    .remedy = 请更正。
SVY027 = 校准后 { $file } 有 { $n } 个权重小于零，这样的权重下分位数没有意义。
    .why = 随着取值增大而下降的份额没有达到之处。
    .remedy = 请使用界限校准，或用逐次比例拟合（rake），使权重保持大于零。
SVY040 = 规则 { $rule } 需要 { $concepts }，而该调查的编码本中没有。
    .why = 关于未询问事项的条件没有答案。
    .remedy = 在编码本中指明变量，或选用不含它的规则集。
SVY041 = 规则互相循环引用：{ $rules }。
    .why = 以自身为依据的规则没有值。
    .remedy = 把其中一条只用概念来写。
SVY042 = 此处没有 { $name }。可用的有：{ $known }。
    .why = 近似的名称可能衡量的是别的东西。
    .remedy = 请从可用项中选择。
SVY043 = 这些数字会泄露一个小群体：{ $group }。
    .why = 与已发布的数字合在一起，可推算出少数人的数据。
    .remedy = 减少分组，或撤回该调查已发布的数字。
category-borehole = 管井
category-bottled = 瓶装水
category-bucket = 桶
category-cart = 手推车送水
category-charcoal = 木炭或煤
category-city = 城市
category-composting = 堆肥厕所
category-electricity = 电
category-female = 女
category-finished = 永久材料
category-flush_elsewhere = 冲往他处
category-flush_pit = 冲入坑
category-flush_septic = 冲入化粪池
category-flush_sewer = 冲入下水道
category-free = 免租
category-gas = 燃气
category-hanging = 悬空厕所
category-kerosene = 煤油
category-male = 男
category-natural = 天然材料
category-no = 否
category-none = 无
category-occupied = 未经许可占用
category-other = 其他
category-owner = 自有
category-piped_dwelling = 管道入户
category-piped_neighbour = 邻居家管道
category-piped_yard = 管道入院
category-pit_open = 无盖板坑厕
category-pit_slab = 有盖板坑厕
category-protected_spring = 有防护泉水
category-protected_well = 有防护水井
category-public_tap = 公共水龙头
category-rainwater = 雨水
category-rudimentary = 简陋材料
category-rural = 乡村
category-rural_area = 农村地区
category-solar = 太阳能
category-surface = 地表水
category-tanker = 水车
category-tenant = 租住
category-town = 城镇或半密集地区
category-unprotected_spring = 无防护泉水
category-unprotected_well = 无防护水井
category-urban = 城镇
category-ventilated_pit = 通风改良坑厕
category-wood = 柴草或粪
category-yes = 是
concept-age = 年龄
concept-cooking_fuel = 炊事燃料
concept-degree_of_urbanisation = 城镇化程度
concept-disability = 残疾
concept-electricity = 电力
concept-floor = 地面
concept-household = 住户
concept-housing_cost = 住房支出
concept-income = 收入
concept-person_weight = 个人权重
concept-persons = 人数
concept-place = 地点
concept-psu = 初级抽样单元
concept-roof = 屋顶
concept-rooms = 房间数
concept-sanitation = 卫生设施
concept-sex = 性别
concept-shared_sanitation = 共用卫生设施
concept-sleeping_rooms = 卧室数
concept-stratum = 层
concept-tenure = 居住权属
concept-tenure_document = 保有权文件
concept-urban = 城镇或农村
concept-wall = 墙体
concept-water = 水源
concept-wealth = 财富五分位
concept-weight = 权重
space-word-definition = { $definition ->
        [administrative] { list-boundary-definition-administrative }
        [built_up] { list-boundary-definition-built-up }
        [degree_of_urbanisation] { list-boundary-definition-degree-of-urbanisation }
        [functional] { list-boundary-definition-functional }
        [settlement] { list-boundary-definition-settlement }
        [statistical] { list-boundary-definition-statistical }
       *[other] { $definition }
    }
space-word-role = { $role ->
        [area] “{ space-role-area }”
        [built] “{ space-role-built }”
        [built_later] “{ space-role-built-later }”
        [case] “{ space-role-case }”
        [gtfs] “{ space-role-gtfs }”
        [land] “{ space-role-land }”
        [open_space] “{ space-role-open-space }”
        [osm] “{ space-role-osm }”
        [population] “{ space-role-population }”
        [gates] “{ space-role-gates }”
        [paratransit] “{ space-role-paratransit }”
        [places] “{ space-role-places }”
        [population_later] “{ space-role-population-later }”
        [stops] “{ space-role-stops }”
        [place] “{ page-place }”
       *[other] { $role }
    }
space-word-state = { $state ->
        [cancelled] { job-state-cancelled }
        [done] { job-state-done }
        [failed] { job-state-failed }
        [interrupted] { job-state-interrupted }
        [running] { job-state-running }
        [waiting] { job-state-waiting }
       *[other] { $state }
    }
space-word-unit = { $unit ->
        [km2] 平方公里
        *[m2] 平方米
    }
survey-flag-cv_above_20 = 误差超过估计值的 20%
survey-flag-cv_above_30 = 误差超过估计值的 30%
survey-flag-cv_above_limit = 误差超过发布上限
survey-flag-cv_above_warning = 误差超过提示界限
survey-flag-few_degrees_of_freedom = 自由度少于 8
survey-flag-few_rows = 少于 25 行
survey-flag-lonely_strata = 有些层只抽到一个单元
survey-flag-no_estimate = 无估计值
survey-flag-no_standard_error = 无标准误
survey-flag-outside_range = 区间超出可能的取值
survey-flag-replicates_lost = 部分重复无法估计
survey-flag-rows_25_to_49 = 25 至 49 行
survey-flag-rows_below_limit = 行数不足以发布
survey-flag-rows_missing = 有些行缺少回答
survey-flag-withheld = 不予发布
